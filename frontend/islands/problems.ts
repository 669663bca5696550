// Brings the list of problems of a form into view and under the keyboard.
export function focusProblems(): void {
  document.querySelector<HTMLElement>(".error-summary[autofocus]")?.focus();
}
