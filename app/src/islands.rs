//! Islands: the few places of a page that move without asking the server again. A page is complete and
//! useful without them; each adds a convenience, and gets finished texts as properties, so that no
//! dictionary and no formula travels to the browser.
//!
//! To add an island: write it as a file here, use it in a page rendered with [`render_with_islands`],
//! and let the page load the start script (`site::START_JS`) with `<script type="module">`.

mod folding;
pub mod unit_filter;

/// Renders a page that may hold islands. The page is built inside, where islands can leave the
/// properties they will be woken with.
#[cfg(feature = "ssr")]
pub fn render_with_islands<V: leptos::IntoView>(page: impl FnOnce() -> V) -> String {
    use hydration_context::SsrSharedContext;
    use leptos::prelude::*;
    use std::sync::Arc;

    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| page().to_html())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::render_with_islands;
    use super::unit_filter::UnitFilter;
    use leptos::prelude::*;

    fn page() -> String {
        render_with_islands(|| {
            view! {
                <main>
                    <UnitFilter
                        id="tim-don-vi".to_owned()
                        label="Tìm đơn vị".to_owned()
                        hint="Gõ \"ca mau\" cũng được".to_owned()
                        target="#don-vi".to_owned()
                        found="Đang hiện {shown} trên {total} đơn vị".to_owned()
                        none="Không có đơn vị nào khớp".to_owned()
                    />
                    <table id="don-vi"></table>
                </main>
            }
        })
    }

    #[test]
    fn an_island_carries_its_texts_to_the_browser() {
        let page = page();
        assert!(page.contains("<leptos-island data-component=\"UnitFilter_"), "{page}");
        assert!(page.contains("data-props=\"{&quot;id&quot;:&quot;tim-don-vi&quot;"), "{page}");
        assert!(page.contains("Đang hiện {shown} trên {total} đơn vị"), "{page}");
    }

    #[test]
    fn without_script_the_filter_is_not_to_be_seen() {
        assert!(page().contains("<div hidden class=\"field find\">"), "{}", page());
    }

    #[test]
    fn a_page_with_islands_holds_no_script_and_no_style() {
        let page = page();
        assert!(!page.contains("<script") && !page.contains("style="), "{page}");
    }

    #[test]
    fn the_label_and_the_hint_belong_to_the_field() {
        let page = page();
        assert!(page.contains("<label for=\"tim-don-vi\">"), "{page}");
        assert!(
            page.contains("aria-describedby=\"tim-don-vi-hint\"") && page.contains("id=\"tim-don-vi-hint\""),
            "{page}"
        );
    }
}
