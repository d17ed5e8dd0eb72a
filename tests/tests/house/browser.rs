//! The browser, the accessibility check and the camera.

use tests::browser::{Browser, Look};
use tests::{axe, qr};

/// A page given in its own address, so that no server is needed.
fn page(body: &str) -> String {
    let html =
        format!("<!doctype html><html lang='vi'><head><title>Thử</title></head><body>{body}</body></html>");
    let escaped: Vec<String> = html.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:text/html;charset=utf-8,{}", escaped.concat())
}

#[tokio::test]
async fn scripts_run_only_where_they_are_on() {
    let body = "<main><h1>x</h1><p id='a'>trước</p><script>document.getElementById('a').textContent='sau'</script></main>";
    let with = Browser::start(Look::DESK).await;
    with.open(&page(body)).await;
    assert_eq!(with.read("#a").await, "sau");
    let without = Browser::start(Look::DESK.without_javascript()).await;
    without.open(&page(body)).await;
    assert_eq!(without.read("#a").await, "trước");
    assert_eq!(without.count("p").await, 1);
}

#[tokio::test]
async fn the_window_has_the_size_and_colours_that_were_asked_for() {
    let browser = Browser::start(Look::NARROW).await;
    let body = "<style>p{display:none}@media(prefers-color-scheme:dark){.dark{display:block}}@media(forced-colors:active){.forced{display:block}}</style><p class='dark'>tối</p><p class='forced'>ép</p><h1>x</h1><div id='w'>x</div>";
    browser.open(&page(body)).await;
    assert_eq!(browser.property("html", "clientWidth").await, 320);
    assert_eq!((browser.read(".dark").await, browser.read(".forced").await), (String::new(), String::new()));
    browser.dress(Look { dark: true, forced_colours: true, ..Look::NARROW }).await;
    assert_eq!(
        (browser.read(".dark").await, browser.read(".forced").await),
        ("tối".to_owned(), "ép".to_owned())
    );
}

#[tokio::test]
async fn a_page_wider_than_the_window_is_seen() {
    let browser = Browser::start(Look::NARROW).await;
    let fits = "<meta name='viewport' content='width=device-width'><h1>x</h1>";
    browser.open(&page(fits)).await;
    assert_eq!(browser.sideways().await, 0);
    let wide = format!("{fits}<style>p{{width:500px;margin:0}}</style><p>x</p>");
    browser.open(&page(&wide)).await;
    assert!(browser.sideways().await > 100, "{}", browser.sideways().await);
}

#[tokio::test]
async fn axe_finds_a_field_without_a_name() {
    let browser = Browser::start(Look::PHONE).await;
    browser.open(&page("<main><h1>x</h1><label>Tên <input></label></main>")).await;
    assert_eq!(axe::violations(&browser).await, Vec::<String>::new());
    browser.open(&page("<main><h1>x</h1><input></main>")).await;
    let found = axe::violations(&browser).await;
    assert!(found.iter().any(|one| one.starts_with("label:")), "{found:?}");
}

#[tokio::test]
async fn a_script_error_is_heard() {
    let browser = Browser::start(Look::DESK).await;
    browser.open(&page("<h1>x</h1><script>missing()</script>")).await;
    let heard = browser.complaints().await;
    assert!(heard.iter().any(|one| one.contains("missing is not defined")), "{heard:?}");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_camera_reads_a_code_from_a_picture() {
    let text = "http://127.0.0.1:3000/s/CM7F3K2M";
    let code = qrcode::QrCode::new(text).expect("a code");
    let (width, dark) = (code.width(), code.to_colors());
    let squares = (0..dark.len()).filter(|at| dark[*at] == qrcode::Color::Dark);
    let squares: Vec<String> = squares.map(|at| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    let svg = format!(
        "<svg width='{0}' height='{0}' viewBox='0 0 {width} {width}'><path d='{1}'/></svg>",
        width * 5,
        squares.concat()
    );
    let browser = Browser::start(Look::DESK).await;
    browser.open(&page(&format!("<h1>x</h1>{svg}"))).await;
    assert_eq!(qr::read(&browser.picture().await), [text]);
    assert_eq!(qr::read(&browser.whole_picture().await), [text]);
    browser.open(&page("<h1>x</h1>")).await;
    assert_eq!(qr::read(&browser.picture().await), Vec::<String>::new());
}

#[tokio::test]
async fn back_and_forward_show_the_pages_before_and_after() {
    let browser = Browser::start(Look::PHONE.without_javascript()).await;
    let (one, other) = (page("<h1>một</h1>"), page("<h1>hai</h1>"));
    browser.open(&one).await;
    browser.open(&other).await;
    browser.back().await;
    assert_eq!(browser.read("h1").await, "một");
    browser.forward().await;
    assert_eq!(browser.read("h1").await, "hai");
}
