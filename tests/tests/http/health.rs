//! `/healthz`, `/readyz`, and addresses that there are not.

use tests::process::Engine;

use super::{Site, expect_status};

#[tokio::test]
async fn it_says_that_it_is_well_and_ready() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        for path in ["/healthz", "/readyz"] {
            expect_status(&site.visitor().get(path).await, &[200]);
        }
    }
}

#[tokio::test]
async fn an_address_that_is_not_there_is_a_page_that_says_what_to_do() {
    let site = Site::open(Engine::Sqlite).await;
    for path in ["/nowhere", "/assets/nothing.css", "/s/", "/a/99999999"] {
        let answer = site.visitor().get(path).await;
        expect_status(&answer, &[404, 303]);
        assert!(answer.status == 303 || !answer.body.is_empty(), "{path} is not an empty page");
    }
}
