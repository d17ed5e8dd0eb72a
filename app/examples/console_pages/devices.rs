//! Tablets at counters, in states that a reader can meet.

use super::pages::{frame, pattern};
use super::samples::words;
use app::console::{
    DeviceDone, DeviceForm, DeviceLine, DeviceTyped, DevicesPage, PairingPage, UnitChoice, render_devices,
    render_pairing,
};
use domain::device::{DeviceFault, DeviceState, Settings};
use domain::language::Language;
use domain::unit::UnitKind;
use time::macros::date;

fn line(id: &str, name: &str, state: DeviceState) -> DeviceLine {
    DeviceLine {
        id: id.repeat(16),
        name: name.into(),
        counter: words("Trung tâm Phục vụ hành chính công phường An Xuyên", "An Xuyen service centre"),
        state,
        on: (state != DeviceState::Waiting).then_some(date!(2026 - 10 - 05)),
        seen: (state != DeviceState::Waiting).then_some((date!(2026 - 10 - 06), 9)),
        silent: false,
        waiting: 0,
        dropped: 20,
        version: "5f0c2a91b7de".into(),
        newest: true,
        twins: None,
        held: None,
    }
}

fn lines() -> Vec<DeviceLine> {
    let silent = DeviceLine {
        silent: true,
        waiting: 120,
        newest: false,
        version: "11aa22bb33cc".into(),
        ..line("b2", "Quầy 2", DeviceState::Paired)
    };
    let twins =
        DeviceLine { twins: Some(date!(2026 - 10 - 06)), ..line("c3", "Quầy 3", DeviceState::Paired) };
    let revoked = DeviceLine { held: Some(30), ..line("d4", "Quầy cũ", DeviceState::Revoked) };
    vec![
        line("a1", "Quầy 1", DeviceState::Paired),
        silent,
        twins,
        line("e5", "Quầy 4", DeviceState::Waiting),
        revoked,
    ]
}

fn form(problem: Option<DeviceFault>) -> DeviceForm {
    let unit = |code: &str, name: &str| UnitChoice {
        code: code.into(),
        name: words(name, name),
        kind: UnitKind::Centre,
    };
    DeviceForm {
        units: vec![unit("31825-TT", "Trung tâm Phục vụ hành chính công phường Bạc Liêu")],
        target: None,
        typed: DeviceTyped {
            name: "Quầy 5".into(),
            unit: "31825-TT".into(),
            seconds: ["5", "20", "5"].map(str::to_owned),
            follow: "1".into(),
            layout: "row".into(),
        },
        problem,
    }
}

fn page() -> DevicesPage {
    DevicesPage {
        unit: None,
        path: "/admin/devices".into(),
        lines: lines(),
        form: Some(form(None)),
        may_decide: true,
        problem: None,
        done: Some(DeviceDone::Revoked),
        demo: true,
    }
}

/// Every state of the pages.
pub fn pages(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/devices");
    let none = DevicesPage { lines: Vec::new(), may_decide: false, done: None, ..page() };
    let wrong = DeviceFault::Seconds { setting: "idle", range: Settings::IDLE };
    let wrong = DevicesPage { form: Some(form(Some(wrong))), done: None, ..page() };
    let no_reason = DevicesPage { problem: Some(DeviceFault::Reason), done: None, ..page() };
    let only_read = DevicesPage {
        unit: Some(words("Phường An Xuyên", "An Xuyen ward")),
        form: None,
        may_decide: false,
        done: None,
        ..page()
    };
    let pairing = PairingPage {
        list: "/admin/devices".into(),
        name: "Quầy 5".into(),
        url: "https://hailong.camau.example/k/#pair=CMq6urq6urq6urq6urq6urqw".into(),
        qr: pattern(),
        minutes: 15,
        demo: true,
    };
    vec![
        ("devices", render_devices(&page(), &here)),
        ("devices-none", render_devices(&none, &here)),
        ("devices-wrong", render_devices(&wrong, &here)),
        ("devices-no-reason", render_devices(&no_reason, &here)),
        ("devices-read", render_devices(&only_read, &here)),
        ("devices-pairing", render_pairing(&pairing, &here)),
    ]
}
