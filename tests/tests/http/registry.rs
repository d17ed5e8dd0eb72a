//! `/admin/units`, `/admin/fields` and their files: the same requests as every role; what is looked at is
//! what is stored; a code means a unit by its day.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::process::Engine;

use super::{Site, expect_status};

const UNIT: &str = "/admin/units/31825@2025-07-01";
const HEADER: &str = "code,parent_code,level,name,name_en,valid_to\n";

/// A form with a file, as a browser sends it.
async fn send(visitor: &mut Visitor, path: &str, fields: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if *name == "file" { "; filename=\"units.csv\"" } else { "" };
        body.extend(
            format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend_from_slice(value);
        body.extend(b"\r\n");
    }
    body.extend(b"--limit--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=limit")];
    visitor.send("POST", path, &kind, &body).await.expect("an answer")
}

async fn look(visitor: &mut Visitor, what: &str, file: &[u8]) -> Answer {
    let path =
        if matches!(what, "units" | "succession") { "/admin/units/import" } else { "/admin/fields/import" };
    send(visitor, path, &[("what", what.as_bytes()), ("step", b"look"), ("file", file)]).await
}

/// The second step of a preview.
async fn store(visitor: &mut Visitor, what: &str, preview: &Answer, mark: Option<&str>) -> Answer {
    let form = Form::with_field(&preview.text(), "held").expect("a preview that can be stored");
    let (held, seen) = (form.value("held").unwrap_or_default(), form.value("mark").unwrap_or_default());
    let mark = mark.unwrap_or(seen);
    let path =
        if matches!(what, "units" | "succession") { "/admin/units/import" } else { "/admin/fields/import" };
    let fields: [(&str, &[u8]); 4] =
        [("what", what.as_bytes()), ("step", b"store"), ("held", held.as_bytes()), ("mark", mark.as_bytes())];
    send(visitor, path, &fields).await
}

#[track_caller]
fn assert_says(answer: &Answer, wanted: &[&str]) {
    let text = visible_text(&answer.text());
    for words in wanted {
        assert!(text.contains(words), "{words:?} in {text}");
    }
}

#[tokio::test]
async fn the_registry_is_read_by_the_province_and_changed_by_its_administrator_alone() {
    let site = Site::open(Engine::Sqlite).await;
    let read = ["/admin/units", UNIT, "/admin/fields"];
    let change = ["/admin/units/import", "/admin/fields/import", "/admin/fields/land@commune"];
    for path in read.iter().chain(&change) {
        let answer = site.visitor().get(path).await;
        expect_status(&answer, &[303]);
        assert!(answer.header("location").unwrap_or_default().starts_with("/sign-in"), "{path}");
    }
    for (role, reads, changes) in [
        ("province-admin", 200, 200),
        ("province-analyst", 200, 403),
        ("auditor", 200, 403),
        ("agency-head", 403, 403),
        ("agency-officer", 403, 403),
        ("interviewer", 403, 403),
    ] {
        let mut member = site.member(role).await;
        for path in read {
            let answer = member.get(path).await;
            expect_status(&answer, &[reads]);
            assert_eq!(
                answer.text().contains("/admin/units/import"),
                role == "province-admin" && path == read[0]
            );
        }
        for path in change {
            expect_status(&member.get(path).await, &[changes]);
        }
        if changes == 403 {
            let name = [("name".to_owned(), "Phường Khác".to_owned())];
            expect_status(&member.post(UNIT, &name).await, &[403]);
            expect_status(&member.post("/admin/fields/land@commune", &name).await, &[403]);
            expect_status(&look(&mut member, "units", HEADER.as_bytes()).await, &[403]);
            expect_status(&look(&mut member, "fields", HEADER.as_bytes()).await, &[403]);
        }
    }
}

#[tokio::test]
async fn a_unit_is_found_with_and_without_marks_and_by_the_name_it_had() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    for asked in ["dat%20mui", "%C4%90%E1%BA%A5t%20M%C5%A9i", "32248"] {
        let page = admin.get(&format!("/admin/units?q={asked}")).await;
        expect_status(&page, &[200]);
        assert_says(&page, &["Xã Đất Mũi"]);
        assert!(page.text().contains("/admin/units/32248@2025-07-01"), "{asked}");
    }
    let old = admin.get("/admin/units?q=31813").await;
    assert_says(&old, &["Phường 2", "đến 30/06/2025", "nay là Phường Bạc Liêu"]);
    let nothing = admin.get("/admin/units?q=zzzz").await;
    expect_status(&nothing, &[200]);
    assert_says(&nothing, &["Không có đơn vị nào khớp với “zzzz”"]);
    expect_status(&admin.get("/admin/units?on=yesterday").await, &[400]);
}

#[tokio::test]
async fn the_tree_shows_what_there_was_on_a_day() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let now = admin.get("/admin/units").await;
    assert_says(&now, &["64 xã, phường và 15 sở, ban, ngành", "Phường Bạc Liêu"]);
    let then = admin.get("/admin/units?on=2025-06-30").await;
    assert_says(
        &then,
        &["2 tỉnh, 16 huyện và 164 xã, phường", "Tỉnh Bạc Liêu", "Huyện Hồng Dân", "Phường 2"],
    );
    let unit = admin.get("/admin/units/31825@2025-06-30").await;
    assert_says(&unit, &["Phường 1", "đến 30/06/2025", "không ghi ngày đầu", "Nay thuộc", "Phường Bạc Liêu"]);
    let new = admin.get(UNIT).await;
    assert_says(
        &new,
        &["từ 01/07/2025", "Lập từ", "Phường 7", "Trung tâm Phục vụ hành chính công phường Bạc Liêu"],
    );
}

#[tokio::test]
async fn a_code_means_a_unit_by_its_day() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let now = admin.get("/a/31825").await;
    expect_status(&now, &[200]);
    assert_says(&now, &["Phường Bạc Liêu"]);
    expect_status(&admin.get("/a/31825@2025-07-01").await, &[200]);
    let over = admin.get("/a/31813").await;
    expect_status(&over, &[404]);
    assert_says(&over, &["không có đơn vị nào mang mã 31813", "Phường 2", "đến 30/06/2025"]);
    assert!(over.text().contains("/a/31813@2025-06-30"), "the way to the unit that is meant");
    expect_status(&admin.get("/a/99999").await, &[404]);
    expect_status(&admin.get("/a/31825@tomorrow").await, &[404]);
    // On a page of a survey a code means the unit of the survey's last day.
    let file =
        "code,parent_code,level,name,name_en,valid_from\nCM-SAP,96,department,Sở Sắp Có,Soon,2026-11-01\n";
    let preview = look(&mut admin, "units", file.as_bytes()).await;
    expect_status(&store(&mut admin, "units", &preview, None).await, &[200]);
    let soon = admin.get("/a/CM-SAP").await;
    expect_status(&soon, &[404]);
    assert!(soon.text().contains("/a/CM-SAP@2026-11-01"));
    expect_status(&admin.get("/a/CM-SAP?survey=demo-2026").await, &[200]);
    // Whoever may not see a unit is not told that it was there.
    let head = site.member("agency-head").await.get("/a/31813").await;
    expect_status(&head, &[404]);
    assert!(!visible_text(&head.text()).contains("Phường 2"));
}

#[tokio::test]
async fn an_address_is_changed_on_the_page_of_its_unit() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = admin.get(UNIT).await.text();
    let mut form = Form::with_field(&page, "address").expect("a form");
    form.set("address", "Số 1, đường Hai Bà Trưng");
    form.set("phone", "0291 123 456");
    let saved = admin.post(UNIT, &form.press("")).await;
    expect_status(&saved, &[303]);
    let page = admin.get(saved.header("location").unwrap_or_default()).await;
    assert_says(&page, &["Đã lưu", "Số 1, đường Hai Bà Trưng"]);
    // The form that was filled in before the change does not overwrite it.
    let stale = admin.post(UNIT, &form.press("")).await;
    expect_status(&stale, &[422]);
    assert_says(&stale, &["Có người vừa sửa"]);
    let mut form = Form::with_field(&page.text(), "address").expect("a form");
    form.set("name", "");
    form.set("phone", &"1".repeat(41));
    let wrong = admin.post(UNIT, &form.press("")).await;
    expect_status(&wrong, &[422]);
    assert!(wrong.text().contains("<title>Lỗi"), "the title begins with the error");
    assert_says(&wrong, &["Tên: xin điền", "Điện thoại: dài quá 40 chữ"]);
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_stored() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut admin = site.member("province-admin").await;
        let file = format!(
            "{HEADER}CM-THU,96,department,Sở Thử,Test,\nCM-CA,96,department,Công an tỉnh,Provincial Police,2027-01-01\n\
            CM-TTT,96,department,Thanh tra,Provincial Inspectorate,\n"
        );
        let preview = look(&mut admin, "units", file.as_bytes()).await;
        expect_status(&preview, &[200]);
        assert_says(
            &preview,
            &["Sẽ thêm 1, sửa 1, kết thúc 1", "name: Thanh tra tỉnh → Thanh tra", "UTF-8", "dấu phẩy"],
        );
        expect_status(&admin.get("/admin/units/CM-THU").await, &[404]);
        let other = store(&mut admin, "units", &preview, Some("0")).await;
        expect_status(&other, &[409]);
        assert_says(&other, &["Chưa ghi gì"]);
        expect_status(&admin.get("/admin/units/CM-THU").await, &[404]);
        let done = store(&mut admin, "units", &preview, None).await;
        expect_status(&done, &[200]);
        assert_says(&done, &["Đã ghi", "thêm 1, sửa 1, kết thúc 1"]);
        expect_status(&admin.get("/admin/units/CM-THU").await, &[200]);
        let again = look(&mut admin, "units", file.as_bytes()).await;
        assert_says(&again, &["không thay đổi gì"]);
    }
}

#[tokio::test]
async fn a_file_with_faults_is_told_line_by_line_and_nothing_is_stored() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let file = format!(
        "{HEADER}CM-A,96,department,Sở A,A,\nCM-B,CM-C,centre,B,B,\nCM-C,CM-B,centre,C,C,\n,96,ward,,,x\n"
    );
    let wrong = look(&mut admin, "units", file.as_bytes()).await;
    expect_status(&wrong, &[422]);
    assert!(wrong.text().contains("<title>Lỗi"));
    assert_says(&wrong, &["Dòng 5, cột 1 (code)", "Dòng 5, cột 3 (level)", "Dòng 5, cột 6 (valid_to)"]);
    expect_status(&admin.get("/admin/units/CM-A").await, &[404]);
    let tcvn3 =
        look(&mut admin, "units", b"code,parent_code,level,name,name_en\n1,96,commune,C\xb5 Mau,x\n").await;
    expect_status(&tcvn3, &[422]);
    let windows = b"code;parent_code;level;name;name_en\nCM-W;96;department;S\xf4\xd2 Th\xfd\xd2;Test\n";
    let windows = look(&mut admin, "units", windows).await;
    expect_status(&windows, &[200]);
    assert_says(&windows, &["Windows-1258", "dấu chấm phẩy", "Sổ Thử"]);
    for file in [&b""[..], b"  \n "] {
        expect_status(&look(&mut admin, "units", file).await, &[422]);
    }
    let large = look(&mut admin, "units", &vec![b'a'; 2 * 1024 * 1024 + 1]).await;
    expect_status(&large, &[422]);
    assert_says(&large, &["lớn quá 2 MB"]);
}

#[tokio::test]
async fn fields_and_procedures_are_edited_and_imported() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = admin.get("/admin/fields?at=31825-TT").await;
    assert_says(
        &page,
        &["Thứ tự tại Trung tâm Phục vụ hành chính công phường Bạc Liêu", "không nêu tên", "1.001193"],
    );
    assert_says(&admin.get("/admin/fields?at=nowhere").await, &["không có cơ quan nào mang mã này"]);
    let path = "/admin/fields/land@commune";
    let mut form = Form::with_field(&admin.get(path).await.text(), "deciding_unit").expect("a form");
    form.set("deciding_unit", "99999");
    let wrong = admin.post(path, &form.press("")).await;
    expect_status(&wrong, &[422]);
    assert_says(&wrong, &["không có cơ quan nào mang mã này"]);
    form.set("deciding_unit", "CM-SNNMT");
    form.set("place", "1");
    expect_status(&admin.post(path, &form.press("")).await, &[303]);
    let page = admin.get("/admin/fields?at=31825-TT").await;
    assert_says(&page, &["1. Đất đai", "Sở Nông nghiệp và Môi trường"]);
    let procedures = "code,field,level,name,national_code\nx,land,commune,Thử,1.999999\n";
    let preview = look(&mut admin, "procedures", procedures.as_bytes()).await;
    assert_says(&preview, &["thêm 1, bỏ 32", "không có trong tệp"]);
    expect_status(&store(&mut admin, "procedures", &preview, None).await, &[200]);
    assert_says(&admin.get("/admin/fields").await, &["1.999999"]);
    let fields = "code,name,name_en,level,deciding_unit\nland,Đất,Land,commune,\n";
    expect_status(&look(&mut admin, "fields", fields.as_bytes()).await, &[200]);
    let without = "code,name,name_en,level,deciding_unit\nhealth,Y tế,Health,commune,\n";
    let refused = look(&mut admin, "fields", without.as_bytes()).await;
    expect_status(&refused, &[422]);
}
