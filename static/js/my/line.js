// What became of the list, in the line that every page has for it.
const SPEAK_FOR = 8000; // milliseconds
const line = document.querySelector("[data-hearts]");

let silence;
/** ``which`` of the sentences that came with the page. */
export const say = (which, loud = false) => {
  line.textContent = line.dataset[which];
  line.toggleAttribute("data-loud", loud);
  clearTimeout(silence);
  silence = setTimeout(() => { line.textContent = ""; }, SPEAK_FOR);
};
