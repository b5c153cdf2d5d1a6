/** 0:54, 24:50, 1:02:11. */
export const clock = (value) => {
  const all = Math.max(0, Math.floor(value || 0));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const padded = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
};

/** "{n} of {all}" with its gaps filled; the words themselves come with the page, in its language. */
export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
