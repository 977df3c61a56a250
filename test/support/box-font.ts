import { Font, Glyph, Path } from 'opentype.js';

/** Font units per pixel at 16 px, so that each edge of a letter falls on a pixel. */
const pixel = 64;
const em = 16 * pixel;

/** Loads a font in which every letter is the same box, because each machine draws the letters of its own fonts differently. */
export async function loadBoxFont(family: string): Promise<void> {
  const names = { familyName: family, styleName: 'Regular', unitsPerEm: em, ascender: 13 * pixel, descender: -3 * pixel };
  const font = new Font({ ...names, glyphs: [new Glyph({ name: '.notdef', advanceWidth: em, path: new Path() }), ...letters()] });
  const face = new FontFace(family, font.toArrayBuffer(), { weight: '100 900' });
  document.fonts.add(await face.load());
}

function letters(): Glyph[] {
  const box = boxPath();
  const codes = [...Array(0x17e).keys(), ...[...'…✓•—'].map((letter) => letter.codePointAt(0)!)].filter((code) => code > 31);
  return codes.map((unicode) => new Glyph({ name: `u${unicode}`, unicode, advanceWidth: em / 2, path: unicode === 32 ? new Path() : box }));
}

function boxPath(): Path {
  const path = new Path();
  path.moveTo(pixel, 0);
  path.lineTo(pixel, 11 * pixel);
  path.lineTo(7 * pixel, 11 * pixel);
  path.lineTo(7 * pixel, 0);
  path.close();
  return path;
}
