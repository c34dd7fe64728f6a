import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../../boards/faults/registry.js'
import { FAULT_TEXTS_ZH } from './faults.js'

const TEXTS = Object.entries(FAULT_TEXTS_ZH).map(([name, { title, symptom, parameters }]) => ({
  name,
  words: [title, symptom, ...Object.values(parameters)],
}))

describe('faults in Chinese', () => {
  it('are those that there are, each with its parameters', () => {
    expect(TEXTS.map(({ name }) => name).sort()).toEqual([...FAULTS.keys()].sort())
    for (const [name, { parameters }] of Object.entries(FAULT_TEXTS_ZH))
      expect(Object.keys(parameters).sort(), name).toEqual(
        FAULTS.get(name)!
          .parameters.map((each) => each.name)
          .sort(),
      )
  })

  it('are said in Chinese characters, with a space beside what is not', () => {
    for (const { name, words } of TEXTS)
      for (const each of words) {
        expect(each, name).toMatch(/\p{Script=Han}/u)
        expect(each, name).not.toMatch(/\p{Script=Han}[A-Za-z0-9,;:.]|[A-Za-z0-9%]\p{Script=Han}/u)
        expect(each, name).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/)
      }
  })

  it('have a title each that no other has', () => {
    const titles = Object.values(FAULT_TEXTS_ZH).map(({ title }) => title)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  })
})
