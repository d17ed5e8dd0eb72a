//! Volumes: closed dossiers, their upload, their corrections; response rate and coverage.

super::phrases! {
    /// Volumes, response rate, coverage.
    VolumeText {
        volumes: "Số hồ sơ" / "Dossiers",
        how: "Số hồ sơ đã giải quyết của mỗi cơ quan, lĩnh vực, tháng. Nhờ nó trang số liệu nói được bao nhiêu phần hồ sơ đã có phiếu trả lời." / "Closed dossiers of each agency, field and month. With them a page of figures can say how many of the dossiers were answered about.",
    }
}
