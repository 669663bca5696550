// Changes the code of the room without loading the page anew, and says so when it cannot.
export function changeRoomCode(): void {
  const box = document.querySelector<HTMLElement>("[data-room-code]");
  if (!box) return;
  const picture = box.querySelector("[data-room-picture]");
  const gap = box.querySelector<HTMLElement>("[data-room-gap]");
  const change = async () => {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-room-picture]");
      if (answer.redirected || !answer.ok || !fresh) {
        location.reload();
        return;
      }
      picture?.replaceChildren(...Array.from(fresh.childNodes, (node) => document.adoptNode(node)));
      if (gap) gap.hidden = true;
    } catch {
      if (gap) gap.hidden = false;
    }
  };
  window.setInterval(() => void change(), Number(box.dataset.roomCode) * 1000);
}
