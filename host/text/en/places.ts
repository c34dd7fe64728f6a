/**
 * Where a program was when it broke a rule: function, line, and who called. Beside the other sentences and not among them: the page, which has all of
 * those, says nothing of it.
 */
import { counted } from './counted.js'

export const PLACE_WORDS = {
  atLineIn: ({ line, name }: { readonly line: string; readonly name: string }) => `at ${line} in ${name}`,
  atLine: ({ line }: { readonly line: string }) => `at ${line}`,
  inside: ({ name }: { readonly name: string }) => `in ${name}`,
  caller: ({ name, line }: { readonly name: string; readonly line: string }) => `${name} (${line})`,
  handler: ({ name }: { readonly name: string }) => `interrupt handler ${name}`,
  calledFrom: ({ callers }: { readonly callers: readonly string[] }) => `, called from ${callers.join(', ')}`,
  interrupted: ({ place }: { readonly place: string }) => `, which interrupted ${place}`,
  more: ({ count }: { readonly count: number }) => `, and ${counted(count, 'more caller')}`,
  unknown: '; what called that is not certain',
  hex: 'Intel HEX has no source lines: run the .elf that it was made from, and findings say theirs',
  noLines: 'the .elf has no source lines: compile with -g, and findings say theirs',
  compressed: ({ section }: { readonly section: string }) =>
    `source lines are left out: section ${section} is compressed; link without -gz`,
  tooMany: ({ section }: { readonly section: string }) =>
    `source lines are left out where section ${section} has more of them than any program; link the program again`,
  broken: ({ section, at }: { readonly section: string; readonly at: string }) =>
    `source lines are left out: section ${section} is broken at ${at}; link the program again`,
  version: ({ section, at, version }: { readonly section: string; readonly at: string; readonly version: number }) =>
    `source lines are left out: section ${section} has version ${version} at ${at}, and 2 to 5 can be read; compile with -gdwarf-4`,
}
