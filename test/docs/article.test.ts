/**
 * docs/article.md goes through the article that the project grew from: every command in it is run here, and must print or
 * draw what its line promises.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLab } from '../../host/index.js'
import { STATION_NAMES } from '../../host/workshop/station-names.js'
import type { CommandOutcome } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { variationsOf } from '../judge/variations.js'
import { builtCommandLine } from '../setup/built.js'
import { ROOT } from './shown.js'

const PAGES = ['docs/article.md', 'docs/article.zh-CN.md'] as const
const [english, chinese] = PAGES.map((page) => readFileSync(join(ROOT, page), 'utf8'))

interface Promised {
  readonly command: string
  readonly shows: readonly string[]
}

const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replaceAll('\\|', '|'))

/** Commands of a page with what they show: from tables of three columns, and from those of two below a command. */
function promises(page: string): Promised[] {
  const found: Promised[] = []
  let above: string | undefined
  for (const line of page.split('\n')) {
    if (line.startsWith('#')) above = undefined
    if (line.startsWith('    npx ')) above = line.trim()
    if (!line.startsWith('| ')) continue
    const cells = line.split(/(?<!\\)\|/).slice(1, -1)
    const command = cells.length === 3 ? codes(cells[1])[0] : above
    if (command !== undefined && codes(cells[cells.length - 1]).length > 0) {
      found.push({ command, shows: codes(cells[cells.length - 1]) })
    }
  }
  return found
}

const all = promises(english)
const together = (text: string) => text.replace(/\s+/g, ' ')

/** A line that a shell leaves as it is, and that reads no input. */
const PLAIN = /^npx linkpulse ((?!mission|net nc|chip)[\w ./:,=@-]+)$/

function inShell(command: string): CommandOutcome {
  const line = command.replaceAll('npx linkpulse', `${process.execPath} ${builtCommandLine()}`)
  return spawnSync('sh', ['-c', line], { encoding: 'utf8' })
}

/** What a command prints, and what it writes to the picture that it names. */
async function outcome(command: string, folder: string): Promise<string> {
  const [, words] = PLAIN.exec(command) ?? []
  const { status, stdout, stderr } = words === undefined ? inShell(command) : await runHere(...words.split(' '))
  // 1: a check failed, where something was broken.
  expect(command.includes('--fault') ? [0, 1] : [0], `${command}\n${stderr}`).toContain(status)
  const picture = /--out (\S+\.svg)/.exec(command)?.[1]
  return stdout + stderr + (picture === undefined ? '' : readFileSync(join(folder, picture), 'utf8'))
}

it.each(PAGES)('%s leads to every station of the workshop page', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  expect(STATION_NAMES.filter((name) => !text.includes(`\`#/${name}\``))).toEqual([])
})

describe('docs/article.md', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'linkpulse-article-'))
    symlinkSync(join(ROOT, 'test'), join(folder, 'test'))
    process.chdir(folder)
    // Boards that somebody else has on the network of this machine are not to be asked.
    process.env.XDG_RUNTIME_DIR = folder
  })
  afterAll(() => {
    process.chdir(ROOT)
    rmSync(folder, { recursive: true })
  })

  const commands = [...new Set(all.map(({ command }) => command))]

  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(30)
  })

  it.each(variationsOf(commands))('`%s` shows what the page says', async (command) => {
    const seen = together(await outcome(command, folder))
    for (const each of all.filter((promised) => promised.command === command)) {
      for (const words of each.shows) expect(seen).toContain(together(words))
    }
  })

  it('says the same in Chinese: the same commands, with the same promises', () => {
    expect(promises(chinese)).toEqual(all)
  })

  it('leads to pages that are there, and to headings in them', () => {
    for (const page of [english, chinese]) {
      for (const [, file, heading] of page.matchAll(/\]\(([\w.-]+\.md)(?:#([\w-]+))?\)/g)) {
        expect(existsSync(join(ROOT, 'docs', file)), file).toBe(true)
        if (heading === undefined) continue
        const headings = [...readFileSync(join(ROOT, 'docs', file), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, words]) =>
          words
            .toLowerCase()
            .replace(/[^\w -]/g, '')
            .replaceAll(' ', '-'),
        )
        expect(headings).toContain(heading)
      }
    }
  })

  it('names what the article names, the article’s own words in the Chinese one', () => {
    for (const name of [
      ...['RS-232', 'RS-449', 'V.35', 'RJ-45', 'MAC', 'Wi-Fi', 'IP', 'TCP', 'UDP', 'IPv6'],
      ...['HTTP', 'HTTPS', 'FTP', 'TELNET', 'SSH', 'SMTP', 'POP3', 'SYN_SEND', 'SYN_RECV', 'ESTABLISHED'],
    ]) {
      expect(english).toContain(name)
      expect(chinese).toContain(name)
    }
    for (const name of [
      ...['针脚', '电压', '线缆规范', '集线器', '中继器', '网卡', '主机适配器', '比特', '错误侦测', '改错'],
      ...['物理层', '网络层', '传输层', '会话', '表达', '应用层', '网络接口层', '网络互连层', '三次握手', '阻塞'],
    ]) {
      expect(chinese).toContain(name)
    }
  })

  it('is right about what is not here', () => {
    const peer = createLab().addHost({ address: '192.168.7.1/24' })
    expect(() => peer.socket('ipv6', 'stream')).toThrow(/EAFNOSUPPORT/)
  })
})

it('both READMEs and the index lead to the page', () => {
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('(docs/article.md)')
  expect(readFileSync(join(ROOT, 'README.zh-CN.md'), 'utf8')).toContain('(docs/article.zh-CN.md)')
  expect(readFileSync(join(ROOT, 'docs/README.md'), 'utf8')).toContain('(article.md)')
})
