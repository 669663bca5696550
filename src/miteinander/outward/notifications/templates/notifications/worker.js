{% load static %}// Shows a note and opens its page. It answers no requests of pages and keeps nothing.
self.addEventListener("push", (event) => {
  let note;
  try {
    note = event.data.json();
  } catch {
    return;
  }
  const { title, body, tag, lang, dir, address } = note;
  const icon = "{% static "ui/sign.svg" %}";
  const told = { body, tag, lang, dir, icon, data: { address } };
  event.waitUntil(self.registration.showNotification(title, told));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data.address, self.location.origin);
  if (page.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(page.href));
});
