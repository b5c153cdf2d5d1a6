// Keys that work anywhere on the page but where something is written or the key means something already.
const BY_KEY = {
  " ": "play", k: "play", j: "back", l: "forward", f: "full", m: "mute", n: "next", p: "previous", i: "picture",
  ",": "frame-back", ".": "frame-on", "<": "slower", ">": "faster", "?": "help",
};
// Letters of another alphabet, by where they lie.
const BY_PLACE = { KeyK: "play", KeyJ: "back", KeyL: "forward", KeyF: "full", KeyM: "mute", KeyN: "next", KeyP: "previous", KeyI: "picture" };
const WRITES = "input:not([type=range],[type=radio],[type=checkbox]),textarea,select,[contenteditable]";
const TAKES_SPACE = "a,button,summary,input";

const actionOf = (event) => {
  if (/^[0-9]$/.test(event.key)) return ["tenth", Number(event.key)];
  return [BY_KEY[event.key] ?? BY_KEY[event.key.toLowerCase()] ?? BY_PLACE[event.code]];
};

export const listen = (actions) => {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(WRITES) || document.querySelector("dialog[open]")) return;
    if (event.key === " " && event.target.closest?.(TAKES_SPACE)) return;
    const [name, value] = actionOf(event);
    if (!actions[name] || (event.repeat && ["play", "full", "mute", "next", "previous", "help", "picture"].includes(name))) return;
    event.preventDefault();
    actions[name](value);
  });
};
