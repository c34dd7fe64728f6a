import { describe, expect, it } from 'vitest'
import { MESSAGES_ZH, messageInChinese } from './messages.js'

const HAN = /\p{Script=Han}/u

/** Names, with what is said of them behind. */
const NAMES = [
  '--address: {1}',
  '--bootloader-image: {1}',
  '--framing: {1}',
  '--wire {1}: {2}: {3}',
  'a .png',
  'avrdude {1}{2}',
  '{1} ms: {2}',
]

/** What follows another value directly begins with a mark. */
function filled(form: string, english = form): string {
  return form.replace(/\{(\d)(?::\w+)?\}/g, (_, number: string) =>
    english.includes(`}{${number}}`) ? `; ⟨${number}⟩` : `⟨${number}⟩`,
  )
}

describe('a message in Chinese', () => {
  it('has the values of the English one, each as it is', () => {
    for (const [english, chinese] of MESSAGES_ZH) {
      const told = messageInChinese(filled(english))
      expect(told, english).toBe(filled(chinese, english))
      const values = (text: string): string[] => [...new Set(text.match(/⟨\d⟩/g))].sort()
      // The direction of a pair stands in its name, too.
      if (/ on the \{\d\} pair |^no \{1\} came by/.test(english)) continue
      expect(values(told), english).toEqual(values(filled(english)))
    }
  })

  it('has no form twice, and none in English', () => {
    const forms = MESSAGES_ZH.map(([english]) => english)
    expect(forms.filter((form, at) => forms.indexOf(form) !== at)).toEqual([])
    const english = MESSAGES_ZH.filter(([, chinese]) => !HAN.test(chinese)).map(([form]) => form)
    expect(english.sort()).toEqual(NAMES)
    const edge = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u
    expect(MESSAGES_ZH.filter(([, chinese]) => edge.test(chinese)).map(([, chinese]) => chinese)).toEqual([])
  })

  it('says why and what to do in Chinese as well, but touches no name', () => {
    expect(
      messageInChinese(
        'check has no option --falt; did you mean "--fault"? (`linkpulse help check` lists what it takes)',
      ),
    ).toBe('check 没有选项 --falt；是不是“--fault”？（`linkpulse help check` 列出它能接受什么）')
    expect(
      messageInChinese(
        'cannot read the report report: there is no such file; give the path of a report as `linkpulse check --json` prints it',
      ),
    ).toBe('读不了报告 report：没有这个文件；请给 `linkpulse check --json` 打印的那种报告的路径')
    expect(messageInChinese('--view takes desk or bench, not "wall"')).toBe('--view 取 desk 或 bench，而不是“wall”')
  })

  it('is what it was where it is nobody’s', () => {
    expect(messageInChinese('words of a server')).toBe('words of a server')
  })
})
