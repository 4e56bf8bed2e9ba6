/** Full-width characters, which are as wide as two: https://www.unicode.org/reports/tr11/. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

const unitsOf = (character: string) => (wide.test(character) ? 2 : 1);

/** Estimated width of a text in pixels, where a character is `unit` wide. It is rather too large than too small. */
export function textWidth(text: string, unit: number): number {
  return [...text].reduce((sum, character) => sum + unitsOf(character), 0) * unit;
}

/** A text cut to at most `units` characters, the last of them an ellipsis where some are lost. */
export function shorten(text: string, units: number): string {
  if (textWidth(text, 1) <= units) return text;
  let shortened = '';
  for (const character of text) {
    if (textWidth(shortened + character, 1) > units - 1) break;
    shortened += character;
  }
  return `${shortened}…`;
}
