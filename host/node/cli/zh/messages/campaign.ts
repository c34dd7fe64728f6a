/** `campaign` 和 `merge`：文件、分份、结果。 */
import type { Phrase } from '../../../../text/phrases.js'

export const CAMPAIGN_MESSAGES: readonly Phrase[] = [
  ['the fault was not seen: nothing failed', '没有看到这个故障：没有检查失败'],
  ['the fault was not found: nothing was', '没有找到这个故障：什么也没找到'],
  ['the fault was not found: the likeliest cause is {1} ({2} %)', '没有找到这个故障：最可能的原因是 {1}（{2} %）'],
  ['the likeliest cause is {1} ({2} %)', '最可能的原因是 {1}（{2} %）'],
  ['{1} is not a campaign that can be run:', '{1} 不是能运行的 campaign：'],
  ['{1} is not a campaign that can be run:\n{2}', '{1} 不是能运行的 campaign：\n{2}'],
  [
    'nothing is tested; give "boards:", as [model:uno], or "sketches:"',
    '没有要测试的；请给“boards:”，如 [model:uno]，或“sketches:”',
  ],
  [
    'these are {1} runs, and a campaign has at most {2}; give fewer seeds',
    '这是 {1} 次运行，而一个 campaign 最多 {2} 次；请少给些种子',
  ],
  ['it is there twice; leave one out', '它出现了两次；请去掉一个'],
  [
    'nothing is expected of it; give expect: ["IP: "], scenario: FILE, fail: [TEXT] or strict: true',
    '对它没有期望；请给 expect: ["IP: "]、scenario: FILE、fail: [TEXT] 或 strict: true',
  ],
  [
    'nothing ends its run; give for: 5s, or something that is expected',
    '没有什么结束它的运行；请给 for: 5s，或一个期望',
  ],
  ['this text is empty; give what is printed', '这段文字是空的；请给打印出来的'],
  ['there is no erratum "{1}"; there are {2}', '没有勘误“{1}”；有的是 {2}'],
  ['the list is empty; give none, or leave it out', '列表是空的；请给 none，或去掉它'],
  ['the list is empty; give one, or leave it out', '列表是空的；请给一个，或去掉它'],
  [
    '{1} takes no severities besides; leave them out, or give the name of a fault alone',
    '{1} 不能另带程度；请去掉，或只给故障的名字',
  ],
  [
    'found is for faults of boards, which are diagnosed; give pass or fail, or another campaign for sketches',
    'found 用于板子的故障，那里有诊断；请给 pass 或 fail，或为固件另写一个 campaign',
  ],
  [
    '{1} is no range of seeds; give the lower one first, up to 4294967295',
    '{1} 不是种子的范围；先给小的，最大 4294967295',
  ],
  [
    '{1} is not simulated, and a campaign is; give model:BOARD or avr:BOARD',
    '{1} 不是仿真的，而 campaign 是；请给 model:BOARD 或 avr:BOARD',
  ],
  [
    '--shard takes a part and how many there are, from 1/1 on, as 2/5, not "{1}"',
    '--shard 取第几份和共几份，从 1/1 起，如 2/5，而不是“{1}”',
  ],
  [
    'LINKPULSE_SHARDS says how many shards there are, and nothing says which one this is; give --shard',
    'LINKPULSE_SHARDS 说了共几份，却没有说这是哪一份；请给 --shard',
  ],
  [
    '{1} says that this is shard {2} of {3}, which there cannot be; give --shard',
    '{1} 说这是第 {2} 份，共 {3} 份，不可能有；请给 --shard',
  ],
  [
    'JOB_COMPLETION_INDEX says which pod of an indexed Job this is, and not how many there are; set LINKPULSE_SHARDS to its completions, or give --shard',
    'JOB_COMPLETION_INDEX 说了这是 indexed Job 的哪个 pod，却没有说共几个；请把 LINKPULSE_SHARDS 设为它的 completions，或给 --shard',
  ],
  [
    'the tasks of this Slurm array do not follow each other; give --array=1-N, or --shard',
    '这个 Slurm array 的任务不是连着的；请给 --array=1-N，或 --shard',
  ],
  ['shard {1} of {2} ({3}): {4} runs', '第 {1} 份，共 {2} 份（{3}）：{4} 次运行'],
  ['{1} of {2} runs are in {3} already', '{2} 次运行里，{1} 次已经在 {3} 里'],
  ['{1} of {2} runs, {3} s, {4} s left', '{2} 次运行完成 {1} 次，用了 {3} s，还要 {4} s'],
  [
    '{1} of {2} runs are in {3}, and the same command goes on from there',
    '{2} 次运行里，{1} 次在 {3} 里，同一条命令会接着运行',
  ],
  [
    'interrupted: {1} of {2} runs are in {3}, and the same command goes on from there',
    '被中断：{2} 次运行里，{1} 次在 {3} 里，同一条命令会接着运行',
  ],
  [
    'a process that performs runs was ended ({1}), perhaps for want of memory; give --at-once a smaller number',
    '一个运行的进程被结束了（{1}），可能是内存不够；请给 --at-once 一个小些的数',
  ],
  [
    '{1} has no results of a campaign of this version: its first line is another; give a file that `linkpulse campaign` wrote',
    '{1} 里没有这个版本的 campaign 的结果：第一行不对；请给 `linkpulse campaign` 写的文件',
  ],
  [
    'cannot read the results {1}: {2}; give the path of a file that `linkpulse campaign` wrote',
    '读不了结果 {1}：{2}；请给 `linkpulse campaign` 写的文件的路径',
  ],
  [
    '{1} has results of another campaign, or of this one before it, its files or linkpulse changed; delete it, or give another with --results PATH',
    '{1} 里是另一个 campaign 的结果，或是这个 campaign、它的文件或 linkpulse 改变之前的；请删掉它，或用 --results PATH 给另一个',
  ],
  ['cannot write the --results file {1}: {2}; give another path', '写不了 --results 文件 {1}：{2}；请给另一个路径'],
  [
    '{1} and {2} are not of one campaign, or it, its files or linkpulse changed between them; give those of one',
    '{1} 和 {2} 不属于同一个 campaign，或者其间它、它的文件或 linkpulse 改变了；请给同一个的',
  ],
  ['{1}: {2} lines that are no results were left out', '{1}：{2} 行不是结果，没有计入'],
  [
    'run {1} has two results that differ, and every machine should come to the same: {2}',
    '第 {1} 次运行有两个不同的结果，而每台机器都应得出相同的：{2}',
  ],
  ['the campaign has {1} runs, and there is a result of {2}', '这个 campaign 有 {1} 次运行，却有第 {2} 次的结果'],
]
