//! `/setup/{token}`: the first start, from the printed link to the first account.

use tests::form::Form;
use tests::html::{tags, visible_text};
use tests::http::{Answer, Visitor, split_url};
use tests::process::{Engine, Installation, Running};

use super::expect_status;

const PASSWORD: &str = "một câu dễ nhớ";

/// An installation that nobody has set up.
struct Empty {
    place: Installation,
    running: Running,
}

impl Empty {
    async fn open(engine: Engine) -> Self {
        let place = Installation::new(engine);
        let running = place.serve(&[], &[]).await;
        Self { place, running }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.running.url("setup"))
    }

    fn path(&self) -> String {
        split_url(&self.running.url("setup")).1.to_owned()
    }
}

/// A part of a form with a file: name, file name, bytes.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

async fn upload(visitor: &mut Visitor, path: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--part--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=part")];
    visitor.send("POST", path, &kind, &body).await.expect("an answer")
}

async fn take_shipped(visitor: &mut Visitor, path: &str) {
    let taken = upload(visitor, path, &[("source", None, b"shipped"), ("file", Some(""), b"")]).await;
    expect_status(&taken, &[303]);
}

fn account(name: &str, password: &str, again: &str) -> Vec<(String, String)> {
    [("name", name), ("password", password), ("again", again)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// What a page says is wrong with a field.
fn wrong(page: &Answer, field: &str) -> String {
    let text = page.text();
    let input = tags(&text).into_iter().find(|tag| tag.name == "input" && tag.get("id") == Some(field));
    let input = input.unwrap_or_else(|| panic!("no field {field} on\n{text}"));
    if input.get("aria-invalid") != Some("true") {
        return String::new();
    }
    let id = format!("id=\"{field}-wrong\"");
    assert!(input.text("aria-describedby").contains(&format!("{field}-wrong")), "{field} says what is wrong");
    let after = text.split_once(&id).unwrap_or_else(|| panic!("no {id} on\n{text}")).1;
    let says = after.split("<input").next().unwrap_or_default();
    visible_text(&format!("<p{says}"))
}

#[tokio::test]
async fn the_link_leads_to_a_province_and_an_administrator_who_is_signed_in() {
    for engine in Engine::BOTH {
        let empty = Empty::open(engine).await;
        let (mut visitor, path) = (empty.visitor(), empty.path());
        let first = visitor.get(&path).await;
        expect_status(&first, &[200]);
        assert_eq!(first.header("cache-control"), Some("no-store"));
        take_shipped(&mut visitor, &path).await;
        let second = visitor.get(&path).await;
        assert!(Form::with_field(&second.text(), "again").is_some(), "the second step asks for the account");
        assert!(visible_text(&second.text()).contains("Tỉnh Cà Mau"));
        let done = visitor.post(&path, &account("lan.nguyen", PASSWORD, PASSWORD)).await;
        expect_status(&done, &[303]);
        let home = visitor.get(done.header("location").unwrap_or_default()).await;
        expect_status(&home, &[200]);
        assert!(visible_text(&home.text()).contains("Việc tiếp theo"), "{}", visible_text(&home.text()));
        expect_status(&visitor.get("/admin/surveys").await, &[200]);
        // Used is used, for everybody.
        for page in [visitor.get(&path).await, empty.visitor().get(&path).await] {
            expect_status(&page, &[410]);
        }
        expect_status(&empty.visitor().post(&path, &account("second", PASSWORD, PASSWORD)).await, &[410]);
        let mut again = empty.visitor();
        tests::journey::sign_in(&mut again, "lan.nguyen", PASSWORD).await;
    }
}

#[tokio::test]
async fn only_the_newest_link_works_and_no_other_is_known() {
    let empty = Empty::open(Engine::Sqlite).await;
    let old = empty.path();
    let token = old.rsplit('/').next().unwrap_or_default().to_owned();
    let mut changed = token.clone().into_bytes();
    changed[7] = if changed[7] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).expect("letters");
    for wrong in [changed.as_str(), &token[1..], "%00", "%C3%28", "x", &"A".repeat(2000)] {
        expect_status(&empty.visitor().get(&format!("/setup/{wrong}")).await, &[400, 410]);
    }
    assert_eq!(empty.running.stop().await, Some(0));
    let running = empty.place.serve(&[], &[]).await;
    let mut visitor = Visitor::new(&running.url("setup"));
    expect_status(&visitor.get(&old).await, &[410]);
    expect_status(&visitor.get(split_url(&running.url("setup")).1).await, &[200]);
}

#[tokio::test]
async fn an_installation_with_an_account_offers_no_link() {
    let place = Installation::new(Engine::Sqlite);
    let units = tests::source::root().join("app/units/ca_mau_2025.csv").display().to_string();
    place.run(&["import", "units", &units, "--tag", "CM"]).await;
    let running = place.serve(&[], &[]).await;
    let (mut visitor, path) =
        (Visitor::new(&running.url("setup")), split_url(&running.url("setup")).1.to_owned());
    assert!(
        Form::with_field(&visitor.get(&path).await.text(), "again").is_some(),
        "with a province only the account is asked for"
    );
    place.run(&["account", "add", "hoa", "--role", "province-admin"]).await;
    expect_status(&visitor.get(&path).await, &[410]);
    assert_eq!(running.stop().await, Some(0));
    let running = place.serve(&[], &[]).await;
    assert!(!running.has_line("setup"), "nobody is offered a second way in");
}

#[tokio::test]
async fn a_demo_and_its_accounts_know_no_setup() {
    let site = super::Site::open(Engine::Sqlite).await;
    let roles =
        ["province-admin", "province-analyst", "agency-head", "agency-officer", "interviewer", "auditor"];
    let mut visitors = vec![site.visitor()];
    for role in roles {
        visitors.push(site.member(role).await);
    }
    for mut visitor in visitors {
        expect_status(&visitor.get("/setup/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await, &[410]);
        let sent = visitor.post("/setup/AAAA", &account("x", PASSWORD, PASSWORD)).await;
        expect_status(&sent, &[410]);
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_account_stands_at_its_field_and_the_name_is_kept() {
    let empty = Empty::open(Engine::Sqlite).await;
    let (mut visitor, path) = (empty.visitor(), empty.path());
    take_shipped(&mut visitor, &path).await;
    let cases = [
        (account("", PASSWORD, PASSWORD), "name"),
        (account("Lan Nguyễn", PASSWORD, PASSWORD), "name"),
        (account("lan", "ngắn", "ngắn"), "password"),
        (account("lan", &"x".repeat(129), &"x".repeat(129)), "password"),
        (account("lan", "password1234", "password1234"), "password"),
        (account("lan", PASSWORD, "một câu khác hẳn"), "again"),
        (Vec::new(), "name"),
    ];
    for (pairs, field) in cases {
        let page = visitor.post(&path, &pairs).await;
        expect_status(&page, &[422]);
        assert!(page.text().contains("<title>Lỗi"), "the title begins with the error");
        assert!(!wrong(&page, field).is_empty(), "{field} of {pairs:?}");
        let kept = Form::with_field(&page.text(), "again").and_then(|f| f.value("name").map(str::to_owned));
        let typed = pairs.iter().find(|(name, _)| name == "name").map_or("", |(_, value)| value);
        assert_eq!(kept.as_deref(), Some(typed));
        assert!(!page.text().contains(PASSWORD), "a password is never written into a page");
    }
    let english = visitor.post(&format!("{path}?lang=en"), &account("lan", "short", "short")).await;
    assert!(wrong(&english, "password").contains("12 to 128"), "{}", wrong(&english, "password"));
    expect_status(&visitor.post(&path, &account("lan", PASSWORD, PASSWORD)).await, &[303]);
}

#[tokio::test]
async fn what_is_wrong_with_the_file_stands_at_its_field_and_nothing_is_taken() {
    let empty = Empty::open(Engine::Sqlite).await;
    let (mut visitor, path) = (empty.visitor(), empty.path());
    let head = "code,parent_code,level,name,name_en\n";
    let good = format!("{head}96,,province,Tỉnh Cà Mau,Ca Mau\n31825,96,commune,Phường Bạc Liêu,Bac Lieu\n");
    let two = format!("{good}79,,province,Thành phố Hồ Chí Minh,HCMC\n");
    let cases: [(&[u8], &str, &str, &str); 9] = [
        (b"", "CM", "", "file"),
        (good.as_bytes(), "C", "", "tag"),
        (good.as_bytes(), "C1", "", "tag"),
        (good.as_bytes(), "CM", "97", "province"),
        (two.as_bytes(), "CM", "", "province"),
        (b"code,name\n1,x\n", "CM", "", "file"),
        (&[0xFF, 0xFE, 0x63, 0x00], "CM", "", "file"),
        (b"\x00\x01\x02", "CM", "", "file"),
        (b"code,parent_code,level,name,name_en\n1,2,commune,\"x,y\n", "CM", "", "file"),
    ];
    for (bytes, tag, province, field) in cases {
        let parts: [Part<'_>; 4] = [
            ("source", None, b"file"),
            ("file", Some("units.csv"), bytes),
            ("tag", None, tag.as_bytes()),
            ("province", None, province.as_bytes()),
        ];
        let page = upload(&mut visitor, &path, &parts).await;
        expect_status(&page, &[422]);
        let says = wrong(&page, field);
        assert!(!says.is_empty(), "{field}: {}", visible_text(&page.text()));
        let told =
            !bytes.starts_with(b"code,name") || says.contains("line 1, column 0 (parent_code): thiếu cột");
        assert!(told, "in the reader's language and with its place: {says}");
        let form = Form::with_field(&page.text(), "tag").expect("the same form");
        assert_eq!((form.value("source"), form.value("province")), (Some("file"), Some(province)));
    }
    let parts: [Part<'_>; 3] =
        [("source", None, b"file"), ("file", Some("units.csv"), two.as_bytes()), ("tag", None, b"cm")];
    expect_status(
        &upload(&mut visitor, &path, &[&parts[..], &[("province", None, b"96")]].concat()).await,
        &[303],
    );
    assert!(visible_text(&visitor.get(&path).await.text()).contains("2 đơn vị"));
}

#[tokio::test]
async fn a_form_that_no_browser_would_send_changes_nothing() {
    let empty = Empty::open(Engine::Sqlite).await;
    let (mut visitor, path) = (empty.visitor(), empty.path());
    let kind = [("content-type", "multipart/form-data; boundary=part")];
    let twice: [Part<'_>; 2] = [("source", None, b"file"), ("source", None, b"shipped")];
    expect_status(&upload(&mut visitor, &path, &twice).await, &[400]);
    for bytes in [&b"a\0b"[..], b"\xff\xfe", &[b'x'; 5000]] {
        expect_status(&upload(&mut visitor, &path, &[("tag", None, bytes)]).await, &[400]);
    }
    for body in [
        &b""[..],
        b"--part",
        b"--part\r\n\r\nx",
        b"--other--\r\n",
        b"--part\r\ncontent-disposition: x\r\n\r\n",
    ] {
        let answer = visitor.send("POST", &path, &kind, body).await.expect("an answer");
        expect_status(&answer, &[303, 400, 422]);
    }
    for kind in ["multipart/form-data", "multipart/form-data; boundary=", "text/plain"] {
        let answer = visitor.send("POST", &path, &[("content-type", kind)], b"x").await.expect("an answer");
        expect_status(&answer, &[303, 400]);
    }
    let stranger = visitor.clone().with_header("sec-fetch-site", "cross-site");
    expect_status(&upload(&mut stranger.clone(), &path, &[("source", None, b"shipped")]).await, &[403]);
    expect_status(&visitor.send("DELETE", &path, &[], b"").await.expect("an answer"), &[405]);
    let page = visitor.get(&path).await;
    assert!(page.text().contains("multipart/form-data"), "there is still no province");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_in_words_and_a_huge_one_in_any_case() {
    let empty = Empty::open(Engine::Sqlite).await;
    let (mut visitor, path) = (empty.visitor(), empty.path());
    let large = vec![b'a'; 9_000_000];
    let parts: [Part<'_>; 3] =
        [("source", None, b"file"), ("file", Some("units.csv"), &large), ("tag", None, b"CM")];
    let page = upload(&mut visitor, &path, &parts).await;
    expect_status(&page, &[422]);
    assert!(wrong(&page, "file").contains("8 MB"), "{}", wrong(&page, "file"));
    let huge = vec![b'a'; 100_000_000];
    let kind = [("content-type", "multipart/form-data; boundary=part")];
    let refused = visitor.send("POST", &path, &kind, &huge).await;
    assert!(refused.is_err() || refused.is_ok_and(|answer| matches!(answer.status, 400 | 413)));
    expect_status(&visitor.get(&path).await, &[200]);
}

#[tokio::test]
async fn the_door_of_an_empty_installation_says_where_to_begin() {
    let empty = Empty::open(Engine::Sqlite).await;
    let page = empty.visitor().get("/sign-in").await;
    expect_status(&page, &[200]);
    assert!(visible_text(&page.text()).contains("hailong serve"), "{}", visible_text(&page.text()));
    let path = empty.path();
    assert!(!page.text().contains(&path), "the link itself is only where it was printed");
    let said = empty.running.end().await;
    assert!(!said.contains(path.rsplit('/').next().unwrap_or_default()), "and not in the log: {said}");
}
