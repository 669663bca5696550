// Small helpers on top of pages that work without them. One file per behaviour.
import "./main.css";
import { askBeforeSending } from "./islands/confirm";
import { openDialogs } from "./islands/dialog";
import { closeMenus } from "./islands/menu";
import { focusProblems } from "./islands/problems";
import { offerNotes } from "./islands/push";
import { shareLinks } from "./islands/share";

askBeforeSending();
openDialogs();
closeMenus();
focusProblems();
offerNotes();
shareLinks();
