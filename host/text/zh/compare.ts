/** 两份报告并排时所说的话，以及一轮轮监视时所说的话。 */
import type { COMPARE_WORDS } from '../en/compare.js'
import type { SameSentences } from '../keyed.js'

export const COMPARE_WORDS_ZH: SameSentences<typeof COMPARE_WORDS> = {
  'compare.report': ({ name, board, verdict, conclusion }) => `${name}：${board}：${verdict}，${conclusion}`,
  'compare.facts': '检查的对象',
  'compare.fact.target': '目标',
  'compare.fact.backend': '后端',
  'compare.fact.board': '开发板',
  'compare.fact.seed': '种子',
  'compare.fact.view': '视角',
  'compare.no-seed': '无',
  'compare.verdicts': '结论',
  'compare.figures': '数值',
  'compare.causes': '原因',
  'compare.named': ({ name, change }) => `${name}  ${change}`,
  'compare.figure': ({ check, figure, change }) => `${check}  ${figure}  ${change}`,
  'compare.from-to': ({ from, to }) => `${from} → ${to}`,
  'compare.because': ({ change, reason }) => `${change}：${reason}`,
  'compare.was': ({ change, was }) => `${change}（原先：${was}）`,
  'compare.now-skipped': ({ checks }) => `只在第二份中跳过：${checks.join('、')}`,
  'compare.now-made': ({ checks }) => `只在第一份中跳过，现在通过：${checks.join('、')}`,
  'compare.only-first': ({ checks }) => `只在第一份中有：${checks.join('、')}`,
  'compare.only-second': ({ checks }) => `只在第二份中有：${checks.join('、')}`,
  'compare.ratio': ({ change, ratio }) => `${change}（× ${ratio}）`,
  'compare.limit': ({ change, limit }) => `${change}，${limit}`,
  'compare.percent': ({ percent }) => `${percent} %`,
  'compare.not-named': '未列出',
  'compare.same': '没有不同：结论相同，原因相同，每个数值都在其离散范围之内。',
  'compare.sum': ({ verdicts, figures }) =>
    `${verdicts === 0 ? '结论都相同' : `${verdicts} 个结论不同`}，${figures === 0 ? '数值都没有变化' : `${figures} 个数值有变化`}。`,

  'watch.begins': ({ checks }) =>
    `正在监视 ${checks} 项检查：有变化就在下面说出来，前面是从开始算起的秒数。按 Ctrl-C 结束。`,
  'watch.back': ({ line }) => `${line}，恢复原状`,
  'watch.cause': ({ line }) => `原因  ${line}`,
  'watch.lost': '目标丢失：等它回来',
  'watch.found': '目标又回来了',
  'watch.sum': ({ rounds, changes, verdict }) => `${rounds} 轮，${changes} 处变化；最后一轮：${verdict}`,
  'watch.layer': ({ layer, verdict }) => `${layer} ${verdict}`,
  'watch.layers': ({ layers }) => layers.join(' · '),
  'watch.passes': '全部通过',
  'watch.status': ({ time, round, state, check }) => `${time} s  第 ${round} 轮  ${state}  ${check}`,
}
