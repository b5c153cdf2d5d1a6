// The list as a file.
import { latestFirst, written } from "./store.js";

export const save = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written(latestFirst())], { type: "application/json" }));
  link.download = `animesite-list-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
