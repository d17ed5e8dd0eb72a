// Typing from paper: a key moves on to the next question, so that a form is as many strokes as it has
// questions, and Enter. Without this file Tab does the same.
const fields = [...document.querySelectorAll(".typing input.key, .typing textarea")];

const go = (from, step) => {
  const to = fields[fields.indexOf(from) + step];
  if (to) to.focus();
  else if (step > 0) document.querySelector(".typing button").focus();
};

for (const field of fields) {
  if (field.matches("textarea")) continue;
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", () => {
    if (field.value.trim() !== "") go(field, 1);
  });
  field.addEventListener("keydown", (event) => {
    const back = event.key === "ArrowUp" || (event.key === "Backspace" && field.value === "");
    const on = event.key === "ArrowDown" || event.key === " ";
    if (!back && !on) return;
    event.preventDefault();
    if (event.key === " ") field.value = "";
    go(field, back ? -1 : 1);
  });
}
