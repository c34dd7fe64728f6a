/** 报告自身的用词：标题、列名、总结的一行。 */
import type { REPORT_WORDS } from '../en/report.js'
import type { SameSentences } from '../keyed.js'
import { behind } from './spacing.js'

export const REPORT_WORDS_ZH: SameSentences<typeof REPORT_WORDS> = {
  'layer.serial': '这台计算机与开发板之间的线路',
  'layer.spi': '控制器与以太网芯片之间的导线',
  'layer.chip': '以太网芯片的数字部分',
  'layer.phy': '芯片的模拟部分，以及链路',
  'layer.mac': '网线上的以太网帧',
  'layer.network': '地址与分组',

  'report.checking': ({ target, facts }) => `正在检查 ${target}${facts.length === 0 ? '' : `（${facts.join('，')}）`}`,
  'report.view': ({ view }) => `视角 ${view}`,
  'report.seed': ({ seed }) => `种子 ${seed}`,
  'report.checks': ({ count }) => `${count} 项检查`,
  'report.tests': ({ count, counts }) => `${count} 项测试：${counts.join('，')}`,
  'report.limit': ({ limit }) => `限值：${limit}`,
  'report.colon': '：',
  'report.brackets': ({ text }) => `（${text}）`,

  'progress.place': ({ number, of }) => `第 ${number} 项，共 ${of} 项`,
  'progress.seconds': ({ number, of, seconds }) => `第 ${number} 项，共 ${of} 项，还需约 ${seconds} s`,
  'progress.minutes': ({ number, of, minutes }) => `第 ${number} 项，共 ${of} 项，还需约 ${minutes} min`,

  'again.passed': ({ checks }) => `结束前又做一次：${checks.join('，')} 第二次通过`,
  'again.otherwise': ({ checks }) => `结束前又做一次：${checks.join('，')} 再次失败，数值不同`,
  'again.same': ({ checks }) => `结束前又做一次：${checks.join('，')} 再次失败，数值相同`,

  'mark.pass': '通过',
  'mark.warn': '警告',
  'mark.fail': '失败',
  'mark.skip': '跳过',

  'skipped.interrupted': '中断时尚未完成',
  'skipped.needs': '它们以上面失败的项为前提',
  'skipped.to': ({ last, count, why }) => `至 ${last}：${count} 项检查，${why}`,

  'occupant.heading': ({ who, percent }) => `串口上是：${who}（${percent} %）`,
  'occupant.heard': '听到',
  'occupant.said': '它说',
  'occupant.next': '下一步',

  'diagnosis.heading': '诊断',
  'diagnosis.likeliest-first': '诊断，最可能的在前',
  'diagnosis.confidence': ({ percent }) => `把握 ${percent} %`,
  'diagnosis.side': ({ side }) => behind('查看', side),
  'diagnosis.certainty': ({ percent, where }) => `${percent}；${where}`,
  'diagnosis.class': ({ others }) => `或者是 ${others.join('，或 ')}：所测的一切都不能把它们区分开`,
  'diagnosis.next': '下一步',
  'diagnosis.unexplained': '以下仍未得到解释：',
  'diagnosis.because': '依据',
  'diagnosis.do-this': '办法',
  'diagnosis.because-list': '依据',
  'diagnosis.what-to-do': '怎么办：',

  'findings.heading': '发现（芯片的用法违反了数据手册）',
  'findings.title': '发现',
  'findings.what': '数据手册禁止的用法',
  'findings.count': ({ count }) => `全部 ${count} 条`,
  'findings.line': ({ id, count, time, octets, rule, source }) =>
    `${id}，${count} 次，首次在 ${time} s${octets === '' ? '' : `，八位组 ${octets}`}：${rule} [${source}]`,

  'counters.title': '计数器',
  'counters.count': ({ count }) => `${count} 个计数`,

  'summary.line': ({ verdict, checks, counts, ending }) =>
    `${verdict}  ${checks} 项检查：${counts.join('，')}：${ending}`,
  'summary.likely': ({ summary, cause }) => `${summary}；最可能是 ${cause}`,
  'summary.verdict.pass': '通过',
  'summary.verdict.warn': '警告',
  'summary.verdict.fail': '失败',
  'summary.verdict.skip': '跳过',
  'summary.pass': ({ count }) => `通过 ${count}`,
  'summary.warn': ({ count }) => `警告 ${count}`,
  'summary.fail': ({ count }) => `失败 ${count}`,
  'summary.skip': ({ count }) => `跳过 ${count}`,
  'ending.pass': '检查过的一切正常',
  'ending.warn': '可以使用，但请看上面的警告',
  'ending.fail': '有东西坏了',
  'ending.skip': '什么也没能检查',
  'ending.interrupted': '尚未完成就被中断',
  'ending.time-limit': '尚未完成时间就用完了',

  'verdict.pass': '通过',
  'verdict.warn': '警告',
  'verdict.fail': '失败',
  'verdict.skip': '跳过',

  'table.check': '检查',
  'table.measured': '测得',
  'table.from': '出处',

  'picture.what': '从这台计算机到对端，逐层',
  'picture.network': '网络层',
  'picture.computer': '这台计算机',
  'picture.serial': '串行线',
  'picture.controller': '控制器',
  'picture.spi': 'SPI',
  'picture.chip': '芯片',
  'picture.chip-note': '寄存器、存储器',
  'picture.phy': 'PHY',
  'picture.phy-note': '链路',
  'picture.mac': 'MAC（帧）',
  'picture.peer': '对端',
}
