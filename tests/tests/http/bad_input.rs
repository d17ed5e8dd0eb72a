//! Everything that no browser sends, to every address: an error in words or a page, never a failure of
//! ours, and the next request is answered as before.

use tests::html::visible_text;
use tests::http::{Answer, Visitor, urlencode};
use tests::process::Engine;

use super::{Site, expect_status};

/// A long value, an endless name, a parameter for every day of the month.
fn crowds() -> Vec<String> {
    let many: Vec<String> = (0..50).map(|number| format!("p{number}=1")).collect();
    vec![format!("lang={}", "v".repeat(5000)), format!("{}=1", "n".repeat(500)), many.join("&")]
}

/// Queries that make no sense, whatever the page.
fn queries(names: &[&str]) -> Vec<String> {
    let wrong = [
        "%00",
        "%0a",
        "%1b%5b",
        "%ff",
        "%C3%28",
        "%D0%E2t",
        "%",
        "%4",
        "%zz",
        "-1",
        "1e999",
        "[]",
        "{}",
        "..%2f..%2fetc",
        "'%20or%201=1",
        "%3Cscript%3E",
        "99999999999999999999",
        "%E2%80%AE",
        "NaN",
        "+",
        "",
    ];
    let mut all = crowds();
    all.extend(["", "&&&=", "=", "?", "lang=xx", "lang=vi&lang=en", "%00=%00"].map(str::to_owned));
    for name in names {
        all.extend(wrong.iter().map(|value| format!("{name}={value}")));
        all.push(format!("{name}={}", "x".repeat(700)));
        all.push(format!("{name}=1&{name}=2"));
    }
    all
}

/// The pages of those who administer.
fn desk(site: &Site, token: &str) -> Vec<(String, &'static [&'static str])> {
    vec![
        (format!("{}/breakdown", site.path("agency")), &["survey", "period", "as", "trust", "release"]),
        (format!("{}/breakdown", site.path("province")), &["survey", "period", "release"]),
        (format!("{}/comments", site.path("agency")), &["survey", "mood", "done"]),
        (format!("{}/posters", site.path("agency")), &["done"]),
        ("/account".into(), &["done"]),
        ("/admin".into(), &[]),
        ("/admin/accounts".into(), &["state", "unit", "role"]),
        ("/admin/accounts/auditor".into(), &["done"]),
        ("/admin/invitations".into(), &["unit"]),
        ("/admin/audit".into(), &["verify", "before", "who"]),
        ("/admin/volumes".into(), &["year"]),
        (format!("/admin/volumes/{}", site.path("agency").trim_start_matches("/a/")), &["year", "month"]),
        ("/find".into(), &["q"]),
        ("/admin/units".into(), &["q", "on"]),
        ("/admin/units/import".into(), &["what"]),
        ("/admin/fields".into(), &["saved"]),
        ("/admin/fields/import".into(), &["what"]),
        ("/admin/surveys/new".into(), &[]),
        ("/admin/surveys/demo-2026".into(), &["done"]),
        ("/admin/surveys/demo-2026/waiting".into(), &[]),
        ("/admin/releases".into(), &["survey"]),
        ("/admin/releases/compare".into(), &["survey", "period", "a", "b"]),
        ("/admin/flags".into(), &["survey", "unit"]),
        ("/admin/touchpoints".into(), &["done"]),
        (format!("/admin/touchpoints/{token}"), &["done"]),
        ("/admin/posters/print".into(), &["size", "survey", "places", "save"]),
        ("/invitation/CMAAAA".into(), &[]),
    ]
}

/// Every page with the parameters that it knows.
fn pages(site: &Site) -> Vec<(String, &'static [&'static str])> {
    let survey = site.path("survey");
    let token = survey.rsplit('/').next().unwrap_or_default();
    let poster = format!("/admin/posters/{token}");
    let more = desk(site, token);
    let first: Vec<(String, &'static [&'static str])> = vec![
        ("/".into(), &[]),
        ("/sign-in".into(), &["next"]),
        (site.path("agency"), &["survey", "period", "as", "trust", "release"]),
        (site.path("province"), &["survey", "period", "kind", "field", "sort", "release"]),
        ("/admin/surveys".into(), &[]),
        ("/admin/posters".into(), &["survey"]),
        (format!("{poster}.svg"), &["size"]),
        (poster, &["size"]),
        ("/demo".into(), &[]),
        ("/method".into(), &[]),
        ("/privacy".into(), &[]),
        (format!("{survey}/thanks"), &["lang"]),
        (survey, &["lang", "layout", "sound"]),
        ("/setup/AAAA".into(), &[]),
    ];
    first.into_iter().chain(more).collect()
}

fn check(answer: &Answer, what: &str) {
    let fine = [200, 303, 308, 400, 403, 404, 410, 414, 422, 431];
    assert!(fine.contains(&answer.status), "{what}: {}", answer.status);
    let says = visible_text(&answer.text()).len();
    let is_page =
        matches!(answer.status, 303 | 308 | 414 | 431) || says > 30 || answer.text().contains("<svg");
    assert!(is_page, "{what}: {} and no word: {}", answer.status, answer.text());
    assert!(!answer.text().contains("<script>"), "{what} comes back as markup");
}

#[tokio::test]
async fn no_address_makes_a_page_fail() {
    let site = Site::open(Engine::Sqlite).await;
    let visitors = [site.visitor(), site.member("province-admin").await, site.member("agency-officer").await];
    for (path, names) in pages(&site) {
        for query in queries(names) {
            for visitor in &visitors {
                let url = format!("{path}?{query}");
                check(&visitor.clone().get(&url).await, &url);
            }
        }
    }
    assert!(!site.running.end().await.contains("panicked"));
}

#[tokio::test]
async fn no_path_makes_a_page_fail() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let long = "x".repeat(6000);
    for front in [
        "/a/",
        "/p/",
        "/s/",
        "/setup/",
        "/assets/",
        "/admin/posters/",
        "/invitation/",
        "/invitation/CM",
        "/admin/accounts/",
        "/admin/volumes/",
        "/admin/volumes/files/",
        "/admin/units/",
        "/admin/fields/",
        "/admin/surveys/",
        "/admin/releases/",
        "/admin/touchpoints/",
        "/",
    ] {
        for rest in ["%00", "%ff", "%C3%28", "%2e%2e%2f", "a@2026-13", "a@", "@", "%20", "%25", "ề", &long]
        {
            let path = format!("{front}{rest}");
            let answer = admin.get(&path).await;
            assert!((300..500).contains(&answer.status), "{path}: {}", answer.status);
        }
    }
    for verb in ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        for path in ["/", "/sign-in", &site.path("survey"), &site.path("agency"), "/healthz", "/setup/AA"] {
            let answer = admin.send(verb, path, &[], b"").await.expect("an answer");
            assert!(answer.status < 500, "{verb} {path}: {}", answer.status);
        }
    }
}

/// What may be posted, and a form that would be right there.
fn posts(site: &Site) -> Vec<(String, Vec<(String, String)>)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let door = vec![pair("name", "lan"), pair("password", "not the password"), pair("next", "/")];
    let setup = vec![pair("name", "lan"), pair("password", "one two three four"), pair("again", "x")];
    let step = vec![pair("step", "1"), pair("go", "next"), pair("lang", "vi"), pair("overall", "5")];
    vec![
        ("/sign-in".into(), door),
        ("/sign-out".into(), Vec::new()),
        ("/demo".into(), vec![pair("counter", "31825-TT")]),
        (site.path("survey"), step),
        ("/setup/AAAA".into(), setup),
    ]
}

#[tokio::test]
async fn no_form_makes_a_page_fail_on_either_engine() {
    let values =
        ["\0", "a\0b", "\u{1b}[2J", "\u{202e}", "'; drop table account; --", "<script>", &"x".repeat(20_000)];
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut visitor = site.visitor();
        for (path, form) in posts(&site) {
            for at in 0..form.len() {
                for value in values {
                    let mut changed = form.clone();
                    changed[at].1 = value.to_owned();
                    let answer = visitor.post(&path, &changed).await;
                    assert!(answer.status < 500, "{path} {} = {value:?}: {}", form[at].0, answer.status);
                }
                let mut twice = form.clone();
                twice.push((form[at].0.clone(), "other".into()));
                assert!(visitor.post(&path, &twice).await.status < 500, "{path}: {} twice", form[at].0);
                let mut without = form.clone();
                without.remove(at);
                assert!(visitor.post(&path, &without).await.status < 500, "{path}: no {}", form[at].0);
            }
        }
        assert!(!site.running.end().await.contains("panicked"));
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_everywhere() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let bodies: [&[u8]; 7] =
        [b"", b"%", b"%zz=%zz", b"\xff\xfe\x00", b"{\"name\": 1}", b"name=%D0%E2t", b"&=&=&=&="];
    let kinds = [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=windows-1258",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain",
        "nonsense",
    ];
    for (path, form) in posts(&site) {
        let whole = urlencode(&form).into_bytes();
        for kind in kinds {
            for body in bodies.iter().copied().chain([whole.as_slice()]) {
                let answer = visitor.send("POST", &path, &[("content-type", kind)], body).await;
                let answer = answer.unwrap_or_else(|error| panic!("{path} {kind}: {error}"));
                assert!(answer.status < 500, "{path} {kind} {body:?}: {}", answer.status);
            }
        }
    }
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_everywhere_and_leave_no_trace() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let huge = vec![b'a'; 100_000_000];
    for (path, _) in posts(&site) {
        for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=part"] {
            let answer = visitor.send("POST", &path, &[("content-type", kind)], &huge).await;
            let refused = match &answer {
                // The server need not read to the end what it refuses.
                Err(_) => true,
                // Forms without a field are taken without being read.
                Ok(answer) => matches!(answer.status, 200 | 303 | 400 | 403 | 410 | 413 | 415 | 422),
            };
            assert!(refused, "{path}: {answer:?}");
        }
        expect_status(&visitor.get("/readyz").await, &[200]);
    }
    assert!(!site.running.end().await.contains("panicked"));
}

#[tokio::test]
async fn a_header_that_is_too_long_or_strange_is_refused() {
    let site = Site::open(Engine::Sqlite).await;
    let strange = [
        ("cookie", "hailong=".to_owned()),
        ("cookie", format!("hailong=CM{}", "A".repeat(4000))),
        ("cookie", "hailong=CMề".to_owned()),
        ("cookie", "hailong=; hailong=x; ;=;;".to_owned()),
        ("accept-encoding", "x".repeat(3000)),
        ("accept-language", "*;q=NaN".to_owned()),
        ("sec-fetch-site", "ề".to_owned()),
        ("x-endless", "x".repeat(500_000)),
    ];
    for (name, value) in strange {
        let mut visitor: Visitor = site.visitor().with_header(name, &value);
        let answer = visitor.send("GET", "/", &[], b"").await;
        let fine = answer.as_ref().map_or(true, |answer| matches!(answer.status, 200 | 303 | 400 | 431));
        assert!(fine, "{name}: {answer:?}");
    }
    expect_status(&site.visitor().get("/readyz").await, &[200]);
}

#[tokio::test]
async fn real_service_has_no_demonstration() {
    let place = tests::process::Installation::new(Engine::Sqlite);
    let running = place.serve(&[], &[]).await;
    let mut visitor = Visitor::new(&running.listening());
    expect_status(&visitor.get("/demo").await, &[404]);
    expect_status(&visitor.post("/demo", &[]).await, &[404]);
}
