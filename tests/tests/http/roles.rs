//! Every role asks every route: `roles.txt` is the whole table of who may do what. A route of the
//! router that has no row here fails the first test; `HAILONG_BLESS=1` writes the table anew.

use super::Site;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tests::http::{Answer, Visitor};
use tests::process::Engine;

const ROLES: [&str; 7] = [
    "nobody",
    "province-admin",
    "province-analyst",
    "agency-head",
    "agency-officer",
    "interviewer",
    "auditor",
];
const TABLE: &str = "tests/tests/http/roles.txt";

/// A route, and how it is asked: `{…}` of the router replaced. The form is sent with a POST.
struct Route {
    verb: &'static str,
    template: &'static str,
    asked: &'static [&'static str],
    form: &'static [(&'static str, &'static str)],
}

const fn get(template: &'static str, asked: &'static [&'static str]) -> Route {
    Route { verb: "GET", template, asked, form: &[] }
}

const fn post(
    template: &'static str,
    asked: &'static [&'static str],
    form: &'static [(&'static str, &'static str)],
) -> Route {
    Route { verb: "POST", template, asked, form }
}

/// A form whose only field is a file.
const FILE: &[(&str, &str)] = &[("file", "month,deciding_unit,field,closed")];

/// A slip that a unit prints.
const SLIP: &[(&str, &str)] =
    &[("field", "civil-status"), ("channel", "in-person"), ("occasion", "result"), ("file", "a4")];

/// The demo's accounts of units belong to OWN; BELOW is its centre, OTHER another commune, DEPARTMENT
/// one of the province's departments, PROVINCE the province itself.
const ROUTES: &[Route] = &[
    get("/", &["/"]),
    get("/sign-in", &["/sign-in"]),
    post("/sign-in", &["/sign-in"], &[("name", "somebody"), ("password", "something else")]),
    get("/a/{unit}", &["/a/OWN", "/a/BELOW", "/a/OTHER", "/a/DEPARTMENT", "/a/PROVINCE", "/a/nothing"]),
    get("/a/{unit}/breakdown", &["/a/OWN/breakdown", "/a/OTHER/breakdown", "/a/PROVINCE/breakdown"]),
    get("/p/{province}", &["/p/PROVINCE", "/p/OWN"]),
    get("/p/{province}/breakdown", &["/p/PROVINCE/breakdown", "/p/OWN/breakdown"]),
    get(
        "/p/{province}/analysis",
        &["/p/PROVINCE/analysis", "/p/PROVINCE/analysis?ranks=1&max=10", "/p/OWN/analysis"],
    ),
    get("/planner", &["/planner"]),
    get("/find", &["/find", "/find?q=BELOW", "/find?q=OTHER-TT"]),
    get("/setup/{token}", &["/setup/made-up"]),
    post("/setup/{token}", &["/setup/made-up"], &[("name", "x")]),
    get("/account", &["/account"]),
    post("/account/password", &["/account/password"], &[("present", "wrong"), ("new", "x"), ("again", "x")]),
    post("/account/sessions", &["/account/sessions"], &[("session", "none of mine")]),
    get("/invitation/{token}", &["/invitation/CMmadeup"]),
    post("/invitation/{token}", &["/invitation/CMmadeup"], &[("new", "x"), ("again", "x")]),
    get("/admin", &["/admin"]),
    get("/admin/accounts", &["/admin/accounts", "/admin/accounts?unit=OTHER"]),
    get("/admin/accounts/{name}", &["/admin/accounts/auditor", "/admin/accounts/nothing"]),
    post("/admin/accounts/{name}", &["/admin/accounts/auditor"], &[("deed", "enable")]),
    get("/admin/invitations", &["/admin/invitations"]),
    post("/admin/invitations", &["/admin/invitations"], &[("name", "new.one"), ("role", "auditor")]),
    post("/admin/invitations/{name}", &["/admin/invitations/new.one"], &[]),
    get("/admin/audit", &["/admin/audit"]),
    get("/admin/audit.csv", &["/admin/audit.csv"]),
    get("/admin/volumes", &["/admin/volumes"]),
    post("/admin/volumes", &["/admin/volumes"], FILE),
    get("/admin/volumes/{unit}", &["/admin/volumes/OWN", "/admin/volumes/OTHER"]),
    post(
        "/admin/volumes/{unit}",
        &["/admin/volumes/OWN", "/admin/volumes/OTHER"],
        &[("month", "2026-08"), ("field", "other"), ("closed", "0")],
    ),
    get("/admin/volumes/files/{id}", &["/admin/volumes/files/nothing"]),
    post("/admin/volumes/files/{id}", &["/admin/volumes/files/nothing"], &[]),
    get("/admin/surveys", &["/admin/surveys"]),
    get("/admin/posters", &["/admin/posters"]),
    get("/admin/posters/{token}", &["/admin/posters/TOKEN", "/admin/posters/TOKEN.svg"]),
    get("/a/{unit}/comments", &["/a/OWN/comments", "/a/OTHER/comments"]),
    post("/a/{unit}/comments", &["/a/OWN/comments"], &[("go", "hide"), ("text", "none")]),
    get("/a/{unit}/posters", &["/a/OWN/posters", "/a/OTHER/posters"]),
    post("/a/{unit}/posters", &["/a/OWN/posters", "/a/OTHER/posters"], &[]),
    get("/a/{unit}/slip", &["/a/OWN/slip", "/a/OTHER/slip"]),
    post("/a/{unit}/slip", &["/a/OWN/slip", "/a/OTHER/slip"], SLIP),
    get("/admin/codes", &["/admin/codes"]),
    post("/admin/codes", &["/admin/codes"], &[("go", "nothing")]),
    get("/admin/keys", &["/admin/keys"]),
    post("/admin/keys", &["/admin/keys"], &[("go", "nothing")]),
    post("/api/v1/codes", &["/api/v1/codes"], &[]),
    post("/api/v1/codes/close", &["/api/v1/codes/close"], &[]),
    get("/admin/devices", &["/admin/devices"]),
    post("/admin/devices", &["/admin/devices"], &[("go", "nothing")]),
    get("/a/{unit}/devices", &["/a/OWN/devices", "/a/OTHER/devices"]),
    post("/a/{unit}/devices", &["/a/OWN/devices", "/a/OTHER/devices"], &[("go", "nothing")]),
    get("/k", &["/k"]),
    get("/k/", &["/k/"]),
    get("/k/words.json", &["/k/words.json"]),
    get("/k/worker.js", &["/k/worker.js"]),
    get("/k/manifest.webmanifest", &["/k/manifest.webmanifest"]),
    get("/k/icon.svg", &["/k/icon.svg"]),
    post("/k/pair", &["/k/pair"], &[("secret", "made up")]),
    post("/k/sync", &["/k/sync"], &[("device", "made up")]),
    get("/admin/paper", &["/admin/paper"]),
    post("/admin/paper", &["/admin/paper"], &[("go", "nothing")]),
    get("/admin/paper/{batch}", &["/admin/paper/999"]),
    get("/admin/calls", &["/admin/calls"]),
    post("/admin/calls", &["/admin/calls"], &[("go", "nothing")]),
    get("/help", &["/help"]),
    post("/help", &["/help"], &[("go", "nothing")]),
    get("/calls", &["/calls"]),
    get("/calls/{list}", &["/calls/999"]),
    post("/calls/{list}", &["/calls/999"], &[("go", "reached")]),
    get("/paper", &["/paper"]),
    get("/paper/{batch}", &["/paper/999"]),
    get("/paper/{batch}/{form}", &["/paper/999/1"]),
    post("/paper/{batch}/{form}", &["/paper/999/1"], &[("go", "save")]),
    get("/admin/units", &["/admin/units", "/admin/units?q=bac+lieu"]),
    get("/admin/units/{unit}", &["/admin/units/OWN", "/admin/units/nothing"]),
    post("/admin/units/{unit}", &["/admin/units/OWN"], &[("name", "")]),
    get("/admin/units/import", &["/admin/units/import"]),
    post("/admin/units/import", &["/admin/units/import"], &[("step", "look")]),
    get("/admin/fields", &["/admin/fields"]),
    get("/admin/fields/{field}", &["/admin/fields/nothing"]),
    post("/admin/fields/{field}", &["/admin/fields/nothing"], &[("name", "")]),
    get("/admin/fields/import", &["/admin/fields/import"]),
    post("/admin/fields/import", &["/admin/fields/import"], &[("step", "look")]),
    get("/admin/surveys/new", &["/admin/surveys/new"]),
    post("/admin/surveys/new", &["/admin/surveys/new"], &[("code", "")]),
    get("/admin/surveys/{code}", &["/admin/surveys/demo-2026", "/admin/surveys/nothing"]),
    post("/admin/surveys/{code}", &["/admin/surveys/demo-2026"], &[("go", "nothing")]),
    get("/admin/surveys/{code}/languages", &["/admin/surveys/demo-2026/languages"]),
    post("/admin/surveys/{code}/languages", &["/admin/surveys/demo-2026/languages"], FILE),
    get("/sounds/{tenant}/{hash}", &["/sounds/CM/nothing"]),
    get("/admin/surveys/{code}/waiting", &["/admin/surveys/demo-2026/waiting"]),
    get("/admin/releases", &["/admin/releases"]),
    get("/admin/releases/compare", &["/admin/releases/compare"]),
    get("/admin/releases/{number}/aggregates.csv", &["/admin/releases/99999/aggregates.csv"]),
    get("/admin/flags", &["/admin/flags"]),
    post("/admin/flags", &["/admin/flags"], &[("go", "nothing")]),
    get("/admin/touchpoints", &["/admin/touchpoints"]),
    post("/admin/touchpoints", &["/admin/touchpoints"], &[("places", "nothing")]),
    get("/admin/touchpoints/health", &["/admin/touchpoints/health"]),
    get("/admin/touchpoints/{token}", &["/admin/touchpoints/TOKEN"]),
    post("/admin/touchpoints/{token}", &["/admin/touchpoints/TOKEN"], &[("go", "nothing")]),
    get("/admin/posters/print", &["/admin/posters/print?size=slip"]),
    get("/demo", &["/demo"]),
    post("/demo", &["/demo"], &[]),
    get("/method", &["/method"]),
    get("/privacy", &["/privacy"]),
    get("/c", &["/c"]),
    post("/c", &["/c"], &[("code", "CM-7777-7777-7777")]),
    get("/c/{code}", &["/c/CM777777777777"]),
    get("/s/{token}", &["/s/TOKEN"]),
    post("/s/{token}", &["/s/TOKEN"], &[("go", "send")]),
    get("/s/{token}/thanks", &["/s/TOKEN/thanks"]),
    get("/assets/{name}", &["/assets/nothing"]),
    get("/favicon.ico", &["/favicon.ico"]),
    get("/healthz", &["/healthz"]),
    get("/readyz", &["/readyz"]),
    // Last, because it ends the session that asks.
    post("/sign-out", &["/sign-out"], &[]),
];

/// Verbs and templates in the router's own file.
fn routes_of(router: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for part in router.split(".route(").skip(1) {
        let (template, rest) =
            part.trim_start().trim_start_matches('"').split_once('"').expect("a path in quotes");
        let mut depth = 1;
        let end = rest.find(|letter: char| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        });
        let handlers = &rest[..end.expect("the end of a route")];
        let words: BTreeSet<&str> =
            handlers.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        for verb in ["get", "post", "put", "patch", "delete", "any"] {
            let called = format!("{verb}(");
            if words.contains(verb) && handlers.contains(&called) {
                found.insert((verb.to_uppercase(), template.to_owned()));
            }
        }
    }
    found
}

fn router() -> String {
    let files = tests::source::files("server/src", &[".rs"]);
    files.into_iter().find(|file| file.path == "server/src/router.rs").expect("the router").text
}

#[test]
fn every_route_of_the_router_has_its_row() {
    let listed: BTreeSet<(String, String)> =
        ROUTES.iter().map(|route| (route.verb.to_owned(), route.template.to_owned())).collect();
    let built = routes_of(&router());
    assert!(built.len() > 25, "the router has {} routes", built.len());
    let missing: Vec<_> = built.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&built).collect();
    assert!(missing.is_empty() && gone.is_empty(), "without a row: {missing:?}; gone: {gone:?}");
}

#[test]
fn a_route_without_a_row_is_found() {
    let added = router() + "\n.route(\"/admin/secret/{x}\", get(a::b).post(c::d))";
    let (old, new) = (routes_of(&router()), routes_of(&added));
    let more: Vec<_> = new.difference(&old).map(|(verb, path)| format!("{verb} {path}")).collect();
    assert_eq!(more, ["GET /admin/secret/{x}", "POST /admin/secret/{x}"]);
}

async fn send_file(visitor: &mut Visitor, path: &str) -> Answer {
    let head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    let body = format!("{head}{}\r\n--x--\r\n", FILE[0].1);
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    visitor.send("POST", path, &kind, body.as_bytes()).await.expect("an answer")
}

/// What came back, in a word: `door` is a redirect to the sign-in page.
async fn ask(visitor: &mut Visitor, route: &Route, path: &str) -> String {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let answer = match route.verb {
        "GET" => visitor.get(path).await,
        _ if route.form == FILE => send_file(visitor, path).await,
        _ => visitor.post(path, &route.form.iter().map(pair).collect::<Vec<_>>()).await,
    };
    let to = answer.header("location").unwrap_or_default();
    if to.starts_with("/sign-in") && route.template != "/sign-out" {
        "door".into()
    } else {
        answer.status.to_string()
    }
}

#[tokio::test]
async fn every_role_asks_every_route() {
    let site = Site::open(Engine::Sqlite).await;
    let own = site.path("agency").trim_start_matches("/a/").to_owned();
    let token = site.path("survey").trim_start_matches("/s/").to_owned();
    let province = site.path("province").trim_start_matches("/p/").to_owned();
    let below = format!("{own}-TT");
    let places = [
        ("OWN", own.as_str()),
        ("BELOW", &below),
        ("OTHER", "31834"),
        ("DEPARTMENT", "CM-SNNMT"),
        ("PROVINCE", &province),
        ("TOKEN", &token),
    ];
    let mut members = Vec::new();
    for role in ROLES {
        members.push(if role == "nobody" { site.visitor() } else { site.member(role).await });
    }
    let mut table = format!("{:<38}{}\n", "", ROLES.map(|role| format!("{role:>17}")).concat());
    for route in ROUTES {
        for asked in route.asked {
            let path = places.iter().fold((*asked).to_owned(), |path, (word, code)| path.replace(word, code));
            let mut row = format!("{:<38}", format!("{} {asked}", route.verb));
            for member in &mut members {
                let _ = write!(row, "{:>17}", ask(member, route, &path).await);
            }
            table += &row;
            table.push('\n');
        }
    }
    compare(&table);
}

fn compare(table: &str) {
    let path = tests::source::root().join(TABLE);
    if std::env::var_os("HAILONG_BLESS").is_some() {
        std::fs::write(&path, table).expect("the table is written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = table
        .lines()
        .filter(|line| !known.lines().any(|old| old == *line))
        .map(|line| format!("now    {line}"))
        .chain(
            known
                .lines()
                .filter(|old| !table.lines().any(|line| line == *old))
                .map(|line| format!("before {line}")),
        )
        .collect();
    assert!(changed.is_empty() && known == table, "who may do what has changed:\n{}", changed.join("\n"));
}
