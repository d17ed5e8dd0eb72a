//! The administrator's pages in their states.

use super::pages::frame;
use super::samples::words;
use app::console::{
    AcceptPage, AccountDone, AccountFilter, AccountLine, AccountPage, AccountsPage, AdminPage, AdminPlace,
    AuditLine, AuditPage, CellForm, CellLine, ChainState, EntryLine, FaultLine, FieldChoice, Frame,
    InvitationLine, InvitePage, LinkPage, MonthPage, OwnPage, PreviewPage, PreviewState, PreviewSum,
    SessionLine, UnitChoice, UploadFault, VolumeDone, VolumeUnit, VolumesPage, render_accept, render_account,
    render_accounts, render_admin, render_audit, render_dead_link, render_gone, render_invite, render_link,
    render_month, render_own, render_preview, render_volumes,
};
use domain::account::AccountFault;
use domain::language::{Language, Words};
use domain::period::Month;
use domain::scope::Role;
use domain::unit::UnitKind;
use domain::volume::{Dossiers, VolumeFault};
use time::macros::{date, datetime};

/// All of them: name, document.
pub fn all(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = accounts(language);
    pages.extend(own(language));
    pages.extend(doors(language));
    pages.extend(audits(language));
    pages.extend(volumes(language));
    pages
}

fn line(name: &str, role: Role, unit: Option<Words>, disabled: bool) -> AccountLine {
    let signed_in = (!disabled).then_some(date!(2026 - 10 - 02));
    AccountLine { name: name.into(), role, unit, signed_in, disabled }
}

fn units() -> Vec<UnitChoice> {
    let unit =
        |code: &str, vi: &str, en: &str, kind| UnitChoice { code: code.into(), name: words(vi, en), kind };
    vec![
        unit("31825", "Phường Bạc Liêu", "Bac Lieu Ward", UnitKind::Commune),
        unit("31834", "Phường Vĩnh Trạch", "Vinh Trach Ward", UnitKind::Commune),
        unit(
            "SNNMT",
            "Sở Nông nghiệp và Môi trường",
            "Department of Agriculture and Environment",
            UnitKind::Department,
        ),
    ]
}

fn commune() -> Words {
    words("Phường Bạc Liêu", "Bac Lieu Ward")
}

fn list(may_edit: bool) -> AccountsPage {
    let invited = InvitationLine {
        name: "thu.nguyen".into(),
        role: Role::AgencyOfficer,
        unit: Some(commune()),
        by: "ngoc.tran".into(),
        until: date!(2026 - 10 - 12),
    };
    AccountsPage {
        accounts: vec![
            line("ngoc.tran", Role::ProvinceAdmin, None, false),
            line("lan.pham", Role::AgencyHead, Some(commune()), false),
            line("kiem.toan", Role::Auditor, None, true),
        ],
        all: (2, 1),
        invitations: vec![invited],
        filter: AccountFilter::default(),
        units: units(),
        may_edit,
        demo: true,
        done: may_edit.then_some(AccountDone::Revoked),
    }
}

fn session(this: bool) -> SessionLine {
    let (begun, seen) = (datetime!(2026-10-05 00:41 UTC), datetime!(2026-10-05 02:07 UTC));
    SessionLine { id: "a".repeat(64), begun, seen, is_this: this }
}

fn account(disabled: bool, fault: Option<AccountFault>) -> AccountPage {
    AccountPage {
        account: line("lan.pham", Role::AgencyHead, Some(commune()), disabled),
        role: Role::AgencyHead,
        unit: "31825".into(),
        units: units(),
        sessions: if disabled { Vec::new() } else { vec![session(false)] },
        link_until: Some(date!(2026 - 10 - 12)),
        may_edit: true,
        fault,
        done: None,
    }
}

fn accounts(language: Language) -> Vec<(&'static str, String)> {
    let here = |path: &str| frame(language, path);
    let list_frame = here("/admin/accounts");
    let invite = InvitePage { units: units(), ..InvitePage::default() };
    let wrong = InvitePage {
        name: "lần".into(),
        role: Some(Role::AgencyHead),
        fault: Some(AccountFault::Name),
        ..invite.clone()
    };
    let link = LinkPage {
        name: "thu.nguyen".into(),
        link: "hailong.camau.example/invitation/CMq0v3ZQm9cJ2x7b1kEw8sYt4uLdRfAhNo".into(),
        until: date!(2026 - 10 - 12),
    };
    let nobody = AccountsPage { accounts: Vec::new(), invitations: Vec::new(), ..list(false) };
    let admin = AdminPage { places: AdminPlace::ALL.to_vec(), demo: true };
    vec![
        ("admin", render_admin(&admin, &here("/admin"))),
        ("accounts", render_accounts(&list(true), &list_frame)),
        ("accounts-none", render_accounts(&nobody, &list_frame)),
        ("account", render_account(&account(false, None), &here("/admin/accounts/lan.pham"))),
        ("account-disabled", render_account(&account(true, None), &here("/admin/accounts/lan.pham"))),
        (
            "account-last-admin",
            render_account(&account(false, Some(AccountFault::LastAdmin)), &here("/admin/accounts/lan.pham")),
        ),
        ("invite", render_invite(&invite, &here("/admin/invitations"))),
        ("invite-wrong", render_invite(&wrong, &here("/admin/invitations"))),
        ("invite-link", render_link(&link, &here("/admin/invitations"))),
    ]
}

fn own(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/account");
    let own = OwnPage {
        name: "lan.pham".into(),
        role: Role::AgencyHead,
        unit: Some(commune()),
        sessions: vec![session(true), session(false)],
        fault: None,
        too_many: false,
        done: Some(AccountDone::Password),
    };
    let own_wrong = OwnPage { fault: Some(AccountFault::PasswordWrong), done: None, ..own.clone() };
    vec![("own", render_own(&own, &here)), ("own-wrong", render_own(&own_wrong, &here))]
}

fn doors(language: Language) -> Vec<(&'static str, String)> {
    let stranger = Frame {
        viewer: None,
        finds_units: false,
        places: Vec::new(),
        csrf: None,
        ..frame(language, "/invitation/CM")
    };
    let accept = AcceptPage {
        name: "thu.nguyen".into(),
        role: Role::AgencyOfficer,
        unit: Some(commune()),
        until: date!(2026 - 10 - 12),
        is_known: false,
        fault: None,
    };
    let again = AcceptPage { is_known: true, fault: Some(AccountFault::PasswordCommon), ..accept.clone() };
    vec![
        ("sign-in-invited", render_accept(&accept, &stranger)),
        ("sign-in-again", render_accept(&again, &stranger)),
        ("sign-in-dead-link", render_dead_link(&stranger)),
    ]
}

fn audits(language: Language) -> Vec<(&'static str, String)> {
    let line = |number, what: &str, is_done, holds| AuditLine {
        number,
        at: datetime!(2026-10-05 02:07 UTC),
        who: "ngoc.tran".into(),
        what: what.into(),
        is_done,
        detail: "lan.pham agency-head 31825".into(),
        holds,
    };
    let page = AuditPage {
        lines: vec![line(41, "account-invite", true, true), line(40, "sign-in", false, true)],
        chain: ChainState::Whole(41, "9c417be2d05f".repeat(5)),
        asked: ["", "account-invite", "", "2026-10-01", ""].map(str::to_owned),
        words: vec!["account-invite".into(), "sign-in".into(), "something-new".into()],
        older: Some(40),
        is_older: true,
    };
    let broken = AuditPage {
        lines: vec![line(41, "something-new", true, false)],
        chain: ChainState::Broken(41),
        older: None,
        ..page.clone()
    };
    let unchecked = AuditPage { lines: Vec::new(), chain: ChainState::Unchecked(20_000), ..page.clone() };
    let here = frame(language, "/admin/audit");
    vec![
        ("audit", render_audit(&page, &here)),
        ("audit-broken", render_audit(&broken, &here)),
        ("audit-unchecked", render_audit(&unchecked, &here)),
    ]
}

fn month(number: u8) -> Month {
    Month::new(2026, number).unwrap_or_else(|| unreachable!("a month of the samples"))
}

fn cell(receiving: bool) -> CellLine {
    let centre = words("Trung tâm Phục vụ hành chính công phường Bạc Liêu", "Bac Lieu service centre");
    CellLine {
        field: "land".into(),
        name: Some(words("Đất đai", "Land")),
        receiving: receiving.then_some(("31825-TT".into(), centre)),
        dossiers: Dossiers {
            closed: 1_240,
            on_time: Some(1_200),
            late: Some(40),
            online: None,
            refused: None,
        },
    }
}

fn a_month(fault: Option<VolumeFault>) -> MonthPage {
    let entry = |source: &str| EntryLine {
        cell: cell(true),
        who: "ngoc.tran".into(),
        at: datetime!(2026-10-05 02:07 UTC),
        source: source.into(),
    };
    let form = CellForm {
        fields: vec![
            FieldChoice { code: "land".into(), name: Some(words("Đất đai", "Land")) },
            FieldChoice { code: "other".into(), name: None },
        ],
        units: units(),
        field: "land".into(),
        receiving: String::new(),
        counts: ["1240", "1200", "40", "", ""].map(str::to_owned),
        fault,
    };
    MonthPage {
        unit: units().remove(0),
        month: month(9),
        months: vec![month(10), month(9)],
        cells: vec![cell(true), CellLine { field: "other".into(), name: None, ..cell(false) }],
        history: vec![entry(""), entry("ho-so-thang-9.csv")],
        form: Some(form),
        done: Some(VolumeDone::Edited),
    }
}

fn preview(language: Language, state: PreviewState) -> String {
    let page = PreviewPage { file: "ho-so-thang-9.csv".into(), state };
    render_preview(&page, &frame(language, "/admin/volumes/files/0"))
}

fn faults() -> Vec<FaultLine> {
    let ended = VolumeFault::Ended {
        name: "Xã Cũ".into(),
        code: "32000".into(),
        on: date!(2025 - 07 - 01),
        month: month(9),
    };
    let fault = |line, column, kind: Option<VolumeFault>| FaultLine {
        line,
        column,
        name: "deciding_unit".into(),
        kind,
        message: "this line has 4 cells, the header has 5".into(),
    };
    vec![
        fault(12, 2, Some(ended)),
        fault(13, 1, Some(VolumeFault::NotAMonth("2026-13".into()))),
        fault(14, 0, None),
        fault(15, 2, Some(VolumeFault::TwoWays(month(8)))),
    ]
}

fn volumes(language: Language) -> Vec<(&'static str, String)> {
    let year = |fault, may_edit| VolumesPage {
        year: 2026,
        years: vec![2026, 2025],
        units: units()
            .into_iter()
            .zip([(Some(12_040), vec![]), (Some(8_113), vec![7]), (None, (1..=9).collect())])
            .map(|(unit, (closed, missing))| VolumeUnit { unit, closed, missing })
            .collect(),
        may_edit,
        demo: true,
        fault,
        done: None,
    };
    let none = VolumesPage { units: Vec::new(), ..year(None, false) };
    let sum = |new| {
        PreviewState::Fine(PreviewSum {
            cells: [new, 0, 1_204],
            months: (month(1), month(9)),
            units: 64,
            closed: 214_377,
        })
    };
    let here = frame(language, "/admin/volumes");
    let at = frame(language, "/admin/volumes/31825");
    let two = Some(VolumeFault::TwoWays(month(9)));
    let bare = MonthPage { cells: Vec::new(), history: Vec::new(), form: None, done: None, ..a_month(None) };
    vec![
        ("volumes", render_volumes(&year(None, true), &here)),
        ("volumes-large-file", render_volumes(&year(Some(UploadFault::TooLarge), true), &here)),
        ("volumes-none", render_volumes(&none, &here)),
        ("volumes-preview", preview(language, sum(64))),
        ("volumes-preview-nothing", preview(language, sum(0))),
        ("volumes-faulty", preview(language, PreviewState::Faulty(faults()))),
        ("volumes-gone", render_gone(&here)),
        ("volumes-month", render_month(&a_month(None), &at)),
        ("volumes-month-wrong", render_month(&a_month(two), &at)),
        ("volumes-month-none", render_month(&bare, &at)),
    ]
}
