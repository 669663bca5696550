// Small helpers on top of pages that work without them. One file per behaviour.
import "./main.css";
import { askBeforeSending } from "./islands/confirm";
import { runFrontDesk } from "./islands/desk";
import { forgetOldDesks } from "./islands/desk-queue";
import { openDialogs } from "./islands/dialog";
import { closeMenus } from "./islands/menu";
import { focusProblems } from "./islands/problems";
import { offerNotes } from "./islands/push";
import { changeRoomCode } from "./islands/room-code";
import { shareLinks } from "./islands/share";

askBeforeSending();
openDialogs();
closeMenus();
focusProblems();
offerNotes();
shareLinks();
runFrontDesk();
changeRoomCode();
void forgetOldDesks();
