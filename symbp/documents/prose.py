"""The words of a document, in English and Chinese: headings, connecting sentences, reasons."""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InputError

_ENGLISH = {
    "title": "Backpropagation of a {sizes} network",
    "title graph": "Derivatives of a graph",
    "about": "Network: {description}.",
    "heading given": "Given values",
    "heading forward": "Forward pass: layer {layer}",
    "heading forward hidden": "Forward pass: hidden layer",
    "heading forward output": "Forward pass: output layer",
    "heading forward graph": "Definitions",
    "heading functions": "Activation",
    "heading errors": "Error",
    "heading backward": "Backward pass: layer {layer}",
    "heading backward hidden": "Backward pass: hidden layer",
    "heading backward output": "Backward pass: output layer",
    "heading backward graph": "Derivatives",
    "given": "The calculation starts from these values.",
    "net": "Net input, the weighted sum of what comes in:",
    "out": "Output, the activation of the net input:",
    "named": "By definition:",
    "error": "Error of one output unit:",
    "function": "The activation, applied to every entry of an array:",
    "slope": "Its derivative:",
    "condition": "The targets of a sample add up to 1:",
    "penalty": "Penalty on the size of the weights:",
    "schematic": "The total error joins the errors of the output units:",
    "loss": "Total error:",
    "written out": "Written out, definition by definition:",
    "shared": "The derivative by {subject} is needed by several others; it is the sum over all paths to the error:",
    "gradient": "The gradient for {subject}, by the chain rule:",
    "delta": "How the loss changes with the net input of this unit has a name, {subject}:",
    "delta of a layer": "How the loss changes with the net inputs of this layer has a name, {subject}:",
    "update": "One step of gradient descent for {subject}:",
    "reason given": "given",
    "reason definition": "definition",
    "reason substitution": "definition put in",
    "reason numbers": "numbers put in",
    "reason arithmetic": "evaluated",
    "reason chain rule": "chain rule",
    "reason sum over paths": "sum over paths",
    "reason local derivatives": "local derivatives",
    "reason power rule": "power rule",
    "reason simplified": "simplified",
    "reason gradient descent": "gradient descent",
    "reason definition of delta": "definition of delta",
    "reason cancelled": "cancelled",
    "reason rearranged": "rearranged",
    "reason targets add up to 1": "the targets add up to 1",
}
_CHINESE = {
    "title": "{sizes} 神经网络的反向传播推导",
    "title graph": "计算图的导数",
    "about": "网络：{description}。",
    "heading given": "已知量",
    "heading forward": "前向传播：第 {layer} 层",
    "heading forward hidden": "前向传播：隐藏层",
    "heading forward output": "前向传播：输出层",
    "heading forward graph": "定义",
    "heading functions": "激活函数",
    "heading errors": "误差",
    "heading backward": "反向传播：第 {layer} 层",
    "heading backward hidden": "反向传播：隐藏层",
    "heading backward output": "反向传播：输出层",
    "heading backward graph": "导数",
    "given": "计算从下列数值开始。",
    "net": "净输入，即各输入的加权和：",
    "out": "输出，即净输入经过激活函数：",
    "named": "由定义：",
    "error": "单个输出单元的误差：",
    "function": "激活函数，逐元素作用：",
    "slope": "它的导数：",
    "condition": "一个样本的目标之和为 1：",
    "penalty": "对权重大小的惩罚项：",
    "schematic": "总误差由各输出单元的误差合成：",
    "loss": "总误差：",
    "written out": "逐层代入定义：",
    "shared": "对 {subject} 的导数会被多次用到，它是到误差的各条路径之和：",
    "gradient": "用链式法则求 {subject} 的梯度：",
    "delta": "损失对这个单元净输入的导数另有记号 {subject}：",
    "delta of a layer": "损失对这一层净输入的导数另有记号 {subject}：",
    "update": "对 {subject} 做一步梯度下降：",
    "reason given": "已知",
    "reason definition": "定义",
    "reason substitution": "代入定义",
    "reason numbers": "代入数值",
    "reason arithmetic": "求值",
    "reason chain rule": "链式法则",
    "reason sum over paths": "各路径之和",
    "reason local derivatives": "局部导数",
    "reason power rule": "幂函数求导",
    "reason simplified": "化简",
    "reason gradient descent": "梯度下降",
    "reason definition of delta": "delta 的定义",
    "reason cancelled": "约分",
    "reason rearranged": "整理",
    "reason targets add up to 1": "目标之和为 1",
}
LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType(_ENGLISH), "zh": MappingProxyType(_CHINESE)}
)


def phrases(language: str) -> Mapping[str, str]:
    """Return the words of a language.

    Raises:
        InputError: there are none for it.
    """
    if language not in LANGUAGES:
        raise InputError(f"language {language!r} is unknown (known: {', '.join(LANGUAGES)})")
    return LANGUAGES[language]
