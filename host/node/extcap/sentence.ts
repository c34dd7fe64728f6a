/** The lines that an extcap program prints for Wireshark (doc/extcap.adoc): a word, and values in braces. */

/** Braces and ends of lines have a meaning there; extcap has no way to write them otherwise. */
const plain = (value: string | number) => String(value).replace(/[{}\r\n]/g, ' ')

/** `interface {value=linkpulse}{display=…}` */
export function extcapSentence(word: string, values: Readonly<Record<string, string | number>>): string {
  const parts = Object.entries(values).map(([name, value]) => `{${name}=${plain(value)}}`)
  return `${word} ${parts.join('')}\n`
}
