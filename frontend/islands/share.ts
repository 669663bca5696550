// Shares an address by the system's sheet, or copies it. The address itself is readable above.
export function shareLinks(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-share]")) {
    const { address = "", title = "" } = box.dataset;
    const system = box.querySelector<HTMLButtonElement>("[data-share-system]");
    const copy = box.querySelector<HTMLButtonElement>("[data-share-copy]");
    const status = box.querySelector<HTMLElement>("[data-share-status]");
    if (system && "share" in navigator) {
      system.hidden = false;
      system.addEventListener("click", () => {
        navigator.share({ title, url: address }).catch(() => undefined);
      });
    }
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(address);
        if (status) status.textContent = status.dataset.copied ?? "";
      });
    }
  }
}
