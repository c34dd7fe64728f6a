import { speakHere } from '../cli/here.js'
import { IN_CLEAR, testLayerPage } from './layer-page.js'

speakHere('zh_CN.UTF-8')
testLayerPage('docs/layers.zh-CN.md', IN_CLEAR)
