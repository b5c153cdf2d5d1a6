// The list as a file.
import { download } from "../download.js";
import { latestFirst, written } from "./store.js";

export const save = () => download("animesite-list", written(latestFirst()));
