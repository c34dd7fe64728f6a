/**
 * The command line in Chinese: asked for with --lang, or by the environment. A process has one language, and this one's is Chinese; each way
 * to ask for it is tried with a process of its own.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../host/text/columns.js'
import { runCli, scratch, start } from './command.js'
import { runHere, speakHere } from './here.js'

speakHere('zh_CN.UTF-8')

/** As on a computer that is set up in Chinese. */
const CHINESE = { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }

describe('a check', () => {
  it('of a good board is told in Chinese with --lang zh', async () => {
    const { status, stdout, stderr } = await runCli('check', '--only', 'spi', '--lang', 'zh')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^正在检查 model:uno（uno，种子 1，视角 desk）\n\nspi {2}控制器与以太网芯片之间的导线\n/)
    expect(stdout).toMatch(
      /\n {2}通过 {2}spi\.clock {15}SPI 时钟是这个硅片版本跟得上的 · SPI 时钟频率 8 MHz（至多 20 MHz）/,
    )
    expect(stdout).toMatch(/\n通过 {2}15 项检查：通过 15，失败 0：检查过的一切正常\n$/)
  })

  it('of a broken one says what is wrong and what to do, by LANG alone; its reports too', async () => {
    const [page, xml] = ['html', 'xml'].map((ending) => join(scratch(), `report.${ending}`))
    const broken = ['check', '--fault', 'miso-open', '--only']
    const [first, second] = await Promise.all([
      start([...broken, 'spi', '--report', page], CHINESE).ended,
      runHere(...broken, 'spi.miso', '--report', xml),
    ])
    expect([first.status, second.status]).toEqual([1, 1])
    expect(first.stdout).toContain('\n诊断\n  1. miso-open （把握 ')
    expect(first.stdout).toMatch(/\n {5}依据 300 次读数全是 FFh，连恒为 0 的位也是 1：没有谁把 MISO 拉低。\n/)
    expect(first.stdout).toMatch(/\n {5}办法 检查模块的 SO（芯片 6 脚）到控制器 MISO/)
    const prose = first.stdout.split('\n').filter((line) => /^ {5}/.test(line))
    expect(Math.max(...prose.map(columnsOf))).toBeLessThanOrEqual(120)
    expect(Math.max(...prose.map(columnsOf))).toBeGreaterThan(110)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('<html lang="zh-Hans">')
    expect(html).toContain('<h2>诊断，最可能的在前</h2>')
    expect(html).toContain('从这台计算机到对端，逐层')
    expect(readFileSync(xml, 'utf8')).toMatch(/<failure message="为 FFh 的应答：300，应为 0（另有 2 项）"/)
  })

  it('prints the same document in every language', async () => {
    const [chinese, english] = await Promise.all([
      runHere('check', '--only', 'spi.miso', '--json', '--lang', 'zh'),
      runCli('check', '--only', 'spi.miso', '--json'),
    ])
    expect(chinese).toEqual(english)
  })

  it('lists its checks by their titles', async () => {
    const { stdout } = await runHere('check', '--list', '--only', 'phy')
    expect(stdout).toMatch(/^phy {2}phy\.identifier {8}PHY 自称是 Microchip 的 +\[DS39662/)
    const places = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => columnsOf(line.slice(0, line.indexOf('['))))
    expect(new Set(places).size).toBe(1)
  })

  it('is watched in Chinese', async () => {
    const { stdout, stderr } = await runHere('check', '--only', 'spi.miso', '--watch', '--rounds', '2', '--lang=zh')
    expect(stdout).toMatch(/ s {2}2 轮，0 处变化；最后一轮：通过\n$/)
    expect(stderr).toContain('正在监视 ')
  })
})

describe('other commands', () => {
  it('diagnose and compare stored reports in Chinese', async () => {
    const folder = scratch()
    const [good, broken] = ['good', 'broken'].map((name) => join(folder, `${name}.json`))
    await runHere('check', '--only', 'spi.miso', '--report', good)
    await runHere('check', '--only', 'spi.miso', '--fault', 'miso-open', '--report', broken)
    const diagnosed = await runHere('diagnose', broken, '--lang', 'zh')
    expect(diagnosed.stdout).toMatch(/^\S+broken\.json：model:uno，种子 1\n/)
    expect(diagnosed.stdout).toContain('依据 300 次读数全是 FFh')
    const compared = await runHere('compare', good, broken, '--lang', 'zh')
    expect(compared.stdout).toContain('\n结论\n  spi.miso  通过 → 失败：')
    expect(compared.stdout).toMatch(/个结论不同，.*。\n$/)
  })

  it('doctor says who is there in Chinese, and why a port does not open', async () => {
    const there = await runHere('doctor', 'model:uno', '--lang', 'zh')
    expect(there.stdout).toMatch(/^model:uno：我们的一块桥接板（99 %）\n {2}听到 {11}\d/)
    const missing = await runHere('doctor', '/dev/ttyNOBODY', '--lang', 'zh')
    expect(missing.status).toBe(3)
    expect(missing.stdout).toMatch(
      /^\/dev\/ttyNOBODY：没有这个串口\n {2}听到 {11}没有串口 \/dev\/ttyNOBODY。\n {2}下一步 /,
    )
  })
})

describe('a drawing', () => {
  it('has its words in Chinese, and says so to whoever chooses a font', async () => {
    const [face, line, wiring] = await Promise.all([
      runHere('connectors', 'DE-9', '--out', '-', '--lang', 'zh'),
      runHere('lines', 'v.35', '--octet', '0x41', '--out', '-'),
      runHere('boards', 'uno', '--wiring', '-', '--lang', 'zh'),
    ])
    for (const { stdout } of [face, line, wiring]) expect(stdout).toMatch(/^<svg lang="zh-Hans" /)
    expect(face.stdout).toContain('>发送数据</text>')
    expect(line.stdout).toContain('>传号 · 1</text>')
    expect(wiring.stdout).toContain('>芯片的 VCC 是 3.3 V：接 5 V 会烧坏它。')
  })
})

describe('wrong usage', () => {
  it.each([
    [['check', '--falt', 'x'], '没有选项 --falt；是不是“--fault”？（`linkpulse help check` 列出它能接受什么）'],
    [['chekc'], '没有“chekc”这个命令；是不是“check”？'],
    [['check', 'model:unno'], '没有“unno”这块板子；是不是“uno”？'],
    [
      ['diagnose', '/nowhere/report.json'],
      '读不了报告 /nowhere/report.json：没有这个文件；请给 `linkpulse check --json` 打印的那种报告的路径',
    ],
  ])('%j is told with its remedy', async (words, message) => {
    const { status, stdout, stderr } = await runHere(...words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^linkpulse: /)
    expect(stderr).toContain(message)
  })

  it.each([
    [['check', '--lang', 'fr'], 'linkpulse: --lang takes en or zh, not "fr"\n'],
    [['--lang=klingon'], 'linkpulse: --lang takes en or zh, not "klingon"\n'],
    [['check', '--lang'], 'linkpulse: --lang needs a value: --lang en|zh\n'],
  ])('%j names the languages that there are', async (words, message) => {
    const { status, stderr } = await runCli(...words)
    expect([status, stderr]).toEqual([2, message])
  })
})

describe('help', () => {
  it('is Chinese where Chinese is asked for, in front of the command or behind it', async () => {
    const [overview, explained, group] = await Promise.all([
      runCli('--lang', 'zh', '--help'),
      runHere('help', 'check', '--lang', 'zh'),
      runHere('net', '--help'),
    ])
    expect(overview.stdout).toMatch(
      /^linkpulse：.*\n\n用法：linkpulse 命令 \[选项\]\.\.\.\n\n {2}check \[TARGET\] +逐层检查一块板子/,
    )
    expect(explained.stdout).toContain('\n退出码：0 全部通过，或有理由地跳过；')
    expect(group.stdout).toContain('用我们的协议栈 ping 一台主机')
  })

  it('is English by --lang en on a computer that is set up in Chinese', async () => {
    const { stdout } = await start(['help', 'ports', '--lang', 'en'], CHINESE).ended
    expect(stdout).toMatch(/^linkpulse ports \[OPTION\]\.\.\.\n\nlist the serial ports/)
  })
})
