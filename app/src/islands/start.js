// Wakes the islands of a page. The build fills in the two URLs.
const module_url = "/islands.js";
const wasm_url = "/islands.wasm";

// What a streamed page would hand over; these pages are complete when they arrive.
globalThis.__RESOLVED_RESOURCES ??= [];
globalThis.__SERIALIZED_ERRORS ??= [];
globalThis.__INCOMPLETE_CHUNKS ??= [];

// From the outside in: an island hands its context to the islands among its children.
async function wake(element, islands, enter) {
  const name = element.localName;
  if (name === "leptos-island") {
    const island = islands[element.dataset.component];
    if (island) {
      enter?.();
      await island(element);
    } else {
      console.warn(`No island is called ${element.dataset.component}.`);
    }
  }
  const inner = name === "leptos-children" ? element.$$on_hydrate : enter;
  for (const child of element.children) await wake(child, islands, inner);
}

if (document.querySelector("leptos-island")) {
  const islands = await import(module_url);
  await islands.default({ module_or_path: wasm_url });
  islands.hydrate();
  await wake(document.body, islands);
}
