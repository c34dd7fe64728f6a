/** The workshop page as a class has it: the same, but that it may connect to where it came from, and knows that there is a class. */

const POLICY = "base-uri 'none'"
const HEAD = '<meta name="viewport"'

/**
 * @param host under which it was asked for, one of ours: it stands in the policy
 * @throws Error where the page is not as it is built: a fault of ours
 */
export function classPage(page: Uint8Array, host: string): Buffer {
  let text = Buffer.from(page).toString('utf8')
  for (const [place, behind] of [
    [POLICY, `connect-src ws://${host}; ${POLICY}`],
    [HEAD, `<meta name="linkpulse-class" content="">\n${HEAD}`],
  ]) {
    const at = text.indexOf(place)
    if (at < 0) throw new Error(`the workshop page has no ${place}`)
    text = text.slice(0, at) + behind + text.slice(at + place.length)
  }
  return Buffer.from(text)
}
