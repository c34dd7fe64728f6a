/** The workshop page: opens the station of the address, and draws what the simulation says. */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { readAddress, writeAddress } from './address.js'
import { App, unknownStation } from './app.js'
import { classShown, openClass } from './class-room.js'
import { description, heard, heardMoreThan, send, snapshot, tellMissing } from './connection.js'
import { language, setLanguage } from './language.js'

/** What the page itself wrote last: no reason to open a station anew. */
let written = ''

async function openFromAddress(): Promise<void> {
  const { hash } = location
  const { open, language: wanted, unknown, lesson } = readAddress(hash)
  let missing: unknown
  await setLanguage(wanted).catch((error: unknown) => {
    missing = error
  })
  // Meanwhile another was opened.
  if (location.hash !== hash) return
  if (lesson !== undefined || location.hash === '') openClass(lesson?.teacher)
  else classShown.value = false
  unknownStation.value = unknown
  written = location.hash
  // Whoever wants nothing to move by itself presses play.
  const stands = matchMedia('(prefers-reduced-motion: reduce)').matches
  send(stands ? { until: 0, ...open } : open)
  if (missing !== undefined) tellMissing(missing)
}

addEventListener('hashchange', () => {
  if (location.hash !== written) void openFromAddress()
})
void openFromAddress().then(() => {
  effect(writeOwnAddress)
  render(<App />, document.getElementById('app')!)
})

function writeOwnAddress(): void {
  const shown = snapshot.value
  const described = description.value
  if (shown === undefined || described === undefined || shown.station !== described.name) return
  const address = classShown.value ? `#/class?lang=${language.value}` : writeAddress(shown, described, language.value)
  if (address === written) return
  written = address
  history.replaceState(null, '', address)
}

/** For tests, and for whoever looks under the bonnet. */
Object.defineProperty(globalThis, 'workshop', { value: { snapshot: () => snapshot.peek(), heard, heardMoreThan } })
