//! From an empty installation to a signed-in administrator.

use tests::axe;
use tests::browser::{Browser, Look};
use tests::process::{Engine, Installation};

#[tokio::test]
async fn the_first_administrator_comes_in_without_scripts() {
    let place = Installation::new(Engine::Sqlite);
    let running = place.serve(&[], &[]).await;
    let browser = Browser::start(Look::PHONE.without_javascript()).await;
    browser.open(&running.url("setup")).await;
    assert_eq!(browser.read("h1").await, "Các đơn vị của tỉnh");
    assert_eq!(browser.read(".only-file").await, "", "a file is asked for when it is chosen");
    browser.follow("main button").await;
    assert_eq!(browser.read("h1").await, "Tài khoản quản trị đầu tiên");
    let write = async |password: &str, again: &str| {
        browser.write("#password", password).await;
        browser.write("#again", again).await;
    };
    browser.write("#name", "lan.nguyen").await;
    write("một câu dễ nhớ", "một câu khác").await;
    browser.follow("main button").await;
    assert!(browser.title().await.starts_with("Lỗi"), "{}", browser.title().await);
    assert_eq!(browser.property("#name", "value").await, "lan.nguyen", "the name is kept");
    write("một câu dễ nhớ", "một câu dễ nhớ").await;
    browser.follow("main button").await;
    assert_eq!(browser.read("h1").await, "Xin chào, lan.nguyen");
    assert!(browser.read("main").await.contains("Việc tiếp theo"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_first_start_is_for_everybody() {
    let place = Installation::new(Engine::Sqlite);
    let running = place.serve(&[], &[]).await;
    let looks = [Look::PHONE, Look::DESK, Look { dark: true, ..Look::NARROW }];
    let browser = Browser::start(Look::PHONE).await;
    let look = async |page: &str| {
        for look in looks {
            browser.dress(look).await;
            assert_eq!(axe::violations(&browser).await, Vec::<String>::new(), "{page}");
            assert_eq!(browser.sideways().await, 0, "{page}");
        }
    };
    browser.open(&running.url("setup")).await;
    look("units").await;
    browser.click("label:has(input[value=file])").await;
    look("units from a file").await;
    browser.follow("main button").await;
    assert_eq!(browser.count("[role=alert] a[href='#file']").await, 1, "{}", browser.read("main").await);
    look("no file").await;
    browser.click("label:has(input[value=shipped])").await;
    browser.follow("main button").await;
    browser.follow("main button").await;
    look("no account").await;
    browser.open(&format!("{}x", running.url("setup"))).await;
    look("a link that is over").await;
}
