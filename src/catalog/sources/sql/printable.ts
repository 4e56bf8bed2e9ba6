/** Text from a SQL file without the control characters that could steer the terminal it is shown on. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
