// The board of episodes: what has been seen is hatched.
import { episodesOf } from "./history.js";

const show = (board) => {
  const known = episodesOf(board.dataset.board);
  for (const link of board.querySelectorAll("a[data-key]")) {
    link.dataset.label ??= link.getAttribute("aria-label");
    const seen = known.get(link.dataset.key)?.seen === true;
    link.classList.toggle("seen", seen);
    link.setAttribute("aria-label", seen ? `${link.dataset.label}, ${board.dataset.watched}` : link.dataset.label);
  }
};

const showAll = () => {
  for (const board of document.querySelectorAll("[data-board]")) show(board);
};

export const keepBoards = () => {
  addEventListener("history-changed", showAll);
  showAll();
};
