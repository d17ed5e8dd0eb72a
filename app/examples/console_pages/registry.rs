//! The pages of the registry, with one value of each kind.

use super::samples::words;
use app::console::Frame;
use app::console::admin::{
    Branch, EntryProblem, FieldGroup, FieldLine, FieldPage, Fields, FileFaultLine, ImportPage, ImportState,
    ImportSubject, Kin, LineVerdict, Manner, Meant, OfferedField, Preview, PreviewLine, ProcedureLine,
    UnitEntries, UnitFound, UnitLink, UnitPage, UnitPlace, Units, WrongEntry, render_field, render_fields,
    render_import, render_meant, render_unit, render_units,
};
use domain::language::Words;
use domain::succession::Share;
use domain::survey::Mode;
use domain::unit::UnitKind;
use time::macros::date;

fn link(code: &str, vi: &str, kind: UnitKind, is_over: bool) -> UnitLink {
    UnitLink {
        code: code.into(),
        named: format!("{code}@{}", if is_over { "2025-06-30" } else { "2025-07-01" }),
        name: Words::vi(vi),
        kind,
        from: (!is_over).then_some(date!(2025 - 07 - 01)),
        until: is_over.then_some(date!(2025 - 06 - 30)),
    }
}

fn ward() -> UnitLink {
    link("31825", "Phường Bạc Liêu", UnitKind::Commune, false)
}

fn old_ward() -> UnitLink {
    link("31825", "Phường 1", UnitKind::Commune, true)
}

fn leaf(unit: UnitLink) -> Branch {
    Branch { unit, below: Vec::new() }
}

fn tree() -> Vec<Branch> {
    let centre = leaf(link("31825-TT", "Trung tâm phường Bạc Liêu", UnitKind::Centre, false));
    let ward = Branch { unit: ward(), below: vec![(UnitKind::Centre, vec![centre])] };
    let province = link("96", "Tỉnh Cà Mau", UnitKind::Province, false);
    vec![Branch { unit: province, below: vec![(UnitKind::Commune, vec![ward])] }]
}

fn units() -> Units {
    Units {
        province: words("Tỉnh Cà Mau", "Cà Mau province"),
        on: date!(2026 - 10 - 05),
        today: date!(2026 - 10 - 05),
        demo: true,
        asked: String::new(),
        found: None,
        tree: tree(),
        counts: vec![(UnitKind::Commune, 64), (UnitKind::Department, 15), (UnitKind::Province, 1)],
        may_change: true,
    }
}

fn found() -> Units {
    let found = vec![
        UnitFound { unit: ward(), successors: Vec::new() },
        UnitFound { unit: old_ward(), successors: vec![ward()] },
    ];
    Units {
        asked: "bac lieu <b>".into(),
        found: Some((60, found)),
        counts: vec![(UnitKind::District, 16)],
        may_change: false,
        ..units()
    }
}

fn unit() -> UnitPage {
    let kin = |unit, share, is_main| Kin { unit, share, is_main, on: date!(2025 - 07 - 01) };
    UnitPage {
        unit: ward(),
        parent: Some(link("96", "Tỉnh Cà Mau", UnitKind::Province, false)),
        below: vec![(UnitKind::Centre, vec![link("31825-TT", "Trung tâm", UnitKind::Centre, false)])],
        predecessors: vec![kin(old_ward(), Share::Whole, true), kin(old_ward(), Share::Part, true)],
        successors: vec![kin(ward(), Share::Part, false)],
        places: vec![UnitPlace {
            token: "CM7K3W9X".into(),
            unit: Words::vi("Trung tâm"),
            mode: Mode::Poster,
            revoked: true,
        }],
        fields: ["Hộ tịch", "Đất đai"]
            .map(|name| OfferedField { name: Words::vi(name), answers: Some(40) })
            .to_vec(),
        named_fields: 1,
        figures: Some("/a/31825".into()),
        entries: UnitEntries { name: "Phường Bạc Liêu".into(), ..UnitEntries::default() },
        wrong: Vec::new(),
        saved: true,
        demo: true,
        may_change: true,
    }
}

fn wrong_unit() -> UnitPage {
    let problems =
        [("seen", EntryProblem::Stale), ("name", EntryProblem::Empty), ("phone", EntryProblem::Long(40))];
    let wrong = problems.map(|(name, problem)| WrongEntry { name, problem }).to_vec();
    UnitPage {
        wrong,
        saved: false,
        places: Vec::new(),
        predecessors: Vec::new(),
        successors: Vec::new(),
        ..unit()
    }
}

fn fields() -> Fields {
    let line = |answers| FieldLine {
        code: "land".into(),
        name: words("Đất đai", "Land"),
        deciding: Some(link("CM-SNNMT", "Sở Nông nghiệp và Môi trường", UnitKind::Department, false)),
        answers,
    };
    let group = |level, lines| FieldGroup { level, lines };
    let procedure = |national: Option<&str>| ProcedureLine {
        name: Words::vi("Đăng ký khai sinh"),
        field: Words::vi("Hộ tịch"),
        level: UnitKind::Commune,
        national: national.map(str::to_owned),
    };
    Fields {
        groups: vec![
            group(UnitKind::Commune, vec![line(Some(40)), line(None)]),
            group(UnitKind::Province, vec![line(None)]),
        ],
        count: 1,
        procedures: vec![procedure(Some("1.001193")), procedure(None)],
        named_fields: 1,
        at: "31825".into(),
        counter: Some(ward()),
        saved: false,
        demo: true,
        may_change: true,
    }
}

fn field() -> FieldPage {
    let problems = [("deciding_unit", EntryProblem::NoUnit), ("place", EntryProblem::NoPlace(18))];
    FieldPage {
        code: "land".into(),
        level: UnitKind::Commune,
        name: "Đất đai".into(),
        name_en: "Land".into(),
        name_km: String::new(),
        deciding_unit: "99999".into(),
        place: "0".into(),
        places: 18,
        seen: "mark".into(),
        wrong: problems.map(|(name, problem)| WrongEntry { name, problem }).to_vec(),
        demo: true,
    }
}

fn import(subject: ImportSubject, state: ImportState) -> ImportPage {
    let (required, optional) = (vec!["code", "name"], vec!["phone"]);
    ImportPage { subject, required, optional, state, pasted: "code,name\n".into() }
}

fn preview() -> Preview {
    let line = |verdict, line| PreviewLine {
        line,
        code: "CM-CA".into(),
        name: "Công an tỉnh".into(),
        verdict,
        differences: vec![("phone", String::new(), "0290".into())],
    };
    let lines = vec![
        line(LineVerdict::New, 2),
        line(LineVerdict::Changed, 3),
        line(LineVerdict::Ended, 4),
        line(LineVerdict::Removed, 0),
    ];
    Preview { new: 1, changed: 1, ended: 1, removed: 1, unchanged: 3, lines, more: 2 }
}

fn looked_at(preview: Preview, moved_on: bool) -> ImportState {
    let manner = Manner { encoding: "Windows-1258".into(), semicolons: true };
    ImportState::Preview { preview, manner, held: "YQ==".into(), mark: "m".into(), moved_on }
}

fn faults() -> ImportState {
    let fault =
        |column| FileFaultLine { line: 5, column, name: "code".into(), message: "chưa ghi mã".into() };
    ImportState::Faults(vec![fault(1), fault(0)])
}

fn meant(is_ambiguous: bool) -> Meant {
    let units = vec![(old_ward(), Some("/a/31825@2025-06-30".into())), (ward(), None)];
    Meant { code: "31825".into(), on: date!(2024 - 01 - 01), is_ambiguous, units }
}

/// All pages of the registry: name, document; `frame` makes the frame of a path.
pub fn all(frame: impl Fn(&str) -> Frame) -> Vec<(&'static str, String)> {
    let (tree, one, list) =
        (frame("/admin/units"), frame("/admin/units/31825@2025-07-01"), frame("/admin/fields"));
    let file = frame("/admin/units/import");
    let nothing = Fields { groups: Vec::new(), count: 0, procedures: Vec::new(), counter: None, ..fields() };
    let none = Units { tree: Vec::new(), found: Some((0, Vec::new())), ..found() };
    let old = Fields { at: "x".into(), counter: None, may_change: false, ..fields() };
    let drawn = |subject, state| render_import(&import(subject, state), &file);
    vec![
        ("units", render_units(&units(), &tree)),
        ("units-found", render_units(&found(), &tree)),
        ("units-none", render_units(&none, &tree)),
        ("unit", render_unit(&unit(), &one)),
        ("unit-wrong", render_unit(&wrong_unit(), &one)),
        ("fields", render_fields(&fields(), &list)),
        ("fields-none", render_fields(&nothing, &list)),
        ("fields-unknown", render_fields(&old, &list)),
        ("field", render_field(&field(), &frame("/admin/fields/land@commune"))),
        ("import-units", drawn(ImportSubject::Units, ImportState::Asked)),
        ("import-preview", drawn(ImportSubject::Succession, looked_at(preview(), true))),
        ("import-nothing", drawn(ImportSubject::Fields, looked_at(Preview::default(), false))),
        ("import-faults", drawn(ImportSubject::Procedures, faults())),
        ("import-no-file", drawn(ImportSubject::Units, ImportState::NoFile)),
        ("import-stored", drawn(ImportSubject::Units, ImportState::Stored(preview()))),
        ("meant-many", render_meant(&meant(true), &tree)),
        ("meant-then", render_meant(&meant(false), &tree)),
    ]
}
