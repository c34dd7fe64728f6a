/** Debian's Chromium. One serves all files that one process of the tests runs: to start it costs more processor time than most of them. */
import { type Browser, chromium } from 'playwright-core'
import { locate } from '../setup/tools.js'

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: locate('chromium')! })
}

let shared: Promise<Browser> | undefined

/** The browser of this process, which it takes with it when it ends. Every page has a profile of its own; close them with `closePages`. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium()
  return shared
}

/** Whatever a file has left open, of a test that failed: a page that nobody looks at any more goes on simulating. */
export async function closePages(): Promise<void> {
  const browser = await shared
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? [])
}
