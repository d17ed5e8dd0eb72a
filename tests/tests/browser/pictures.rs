//! Where the pictures go that the browser tests take.

use std::path::PathBuf;

use tests::browser::Browser;

/// Whether the pictures of the documentation are wanted.
pub fn are_wanted() -> bool {
    std::env::var_os("HAILONG_PICTURES").is_some()
}

/// The folder: that of the documentation where its pictures are wanted, else one beside the programs.
fn folder() -> PathBuf {
    if are_wanted() {
        return tests::source::root().join("server/docs/pictures");
    }
    let program = std::env::current_exe().expect("the test program knows where it is");
    program.parent().and_then(|deps| deps.parent()).expect("a folder of programs").join("pictures")
}

/// Keeps a picture under the name of its page and of the way in which it was looked at.
pub fn store(page: &str, look: &str, picture: &[u8]) {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("the folder of pictures");
    std::fs::write(folder.join(format!("{page}-{look}.png")), picture).expect("a picture is written");
}

/// Photographs the whole page that is open.
pub async fn keep(browser: &Browser, page: &str, look: &str) {
    store(page, look, &browser.whole_picture().await);
}
