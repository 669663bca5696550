// Copies the pictograms the product uses from lucide-static into the package, so that pages can
// carry them inline. Add a name here, then run "npm run icons".
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const names = `accessibility alarm-clock arrow-left arrow-right award baby badge-check ban banknote bell
bike book-open bus calendar calendar-check calendar-days calendar-plus calendar-x camera check chef-hat
chevron-down chevron-left chevron-right circle circle-alert circle-check circle-help circle-user clipboard-list clock
copy dog door-open download drama ear euro external-link eye eye-off file-down file-text flag footprints gift globe
hand-heart hammer hand-helping handshake heart heart-pulse history home house info key key-round landmark languages layers
lightbulb link list list-checks lock log-in log-out mail map map-pin megaphone menu message-circle message-square
messages-square mic minus monitor moon mountain music octagon-alert palette party-popper pencil phone plus
printer qr-code rss scissors scroll-text search send settings share-2 shield shield-check sliders-horizontal smartphone smile
sparkles sprout star sun table ticket ticket-x trash-2 tree-deciduous triangle-alert trophy undo-2 user user-check
user-plus user-x users utensils venus-and-mars video vote wallet wheat x`.split(/\s+/);

const source = new URL("../node_modules/lucide-static/", import.meta.url);
const target = new URL("../src/miteinander/foundation/ui/icons/", import.meta.url);
mkdirSync(target, { recursive: true });
const missing = [];
for (const name of names) {
  try {
    const svg = readFileSync(new URL(`icons/${name}.svg`, source), "utf8");
    const inner = svg.replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
    writeFileSync(new URL(`${name}.svg`, target), `${inner.replace(/\s+/g, " ").replace(/> </g, "><").replace(/ \/>/g, "/>").trim()}\n`);
  } catch {
    missing.push(name);
  }
}
copyFileSync(new URL("LICENSE", source), new URL("LICENSE", target));
if (missing.length) console.log(`not in lucide: ${missing.join(" ")}`);
