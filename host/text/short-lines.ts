/** Lines that a person can read, of text that quotes what somebody else wrote. */

/** Characters of a line that are shown of its beginning and of its end, where it has more than both. */
const BEGINNING = 600
const END = 200

/** Shows the beginning and the end of each line that is too long for a person, and how much was left out between. */
export function shortLines(text: string): string {
  return text.replace(new RegExp(`[^\\n]{${BEGINNING + END + 1},}`, 'g'), (line) => {
    const left = line.length - BEGINNING - END
    return `${line.slice(0, BEGINNING)} … (${left} characters) … ${line.slice(-END)}`
  })
}
