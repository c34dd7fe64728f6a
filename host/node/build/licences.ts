/** The licences of the packages that are bundled into what we ship: each asks that its text goes with copies of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param root of the checkout
 * @param files that went into the bundles, by their paths from there
 * @returns the texts, each once, behind the names of the packages that have it
 * @throws Error for a package without one
 */
export function licencesOf(root: string, files: Iterable<string>): string {
  const packages = new Set<string>()
  for (const file of files) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
    if (folder !== undefined) packages.add(folder)
  }
  const names = new Map<string, string[]>()
  for (const folder of [...packages].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      name: string
      version: string
    }
    const texts = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file))
    if (texts.length === 0) throw new Error(`${folder} has no text of its licence, and is bundled`)
    const text = texts.map((file) => readFileSync(join(root, folder, file), 'utf8').trim()).join('\n\n')
    names.set(text, [...(names.get(text) ?? []), `${name} ${version}`])
  }
  const parts = [...names].map(([text, those]) => `${those.join('\n')}\n\n${text}\n`)
  return `dist/ contains these packages, under their own licences.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
