"""Words and numbers of one step of training: whose gradient it is, and how the weight moved."""

from __future__ import annotations

from visualizer.core.backward.learnt import StepGradients
from visualizer.core.backward.weight_terms import WeightTerms
from visualizer.core.optimizer_step import AdamWStep, OptimizerStep
from visualizer.core.words import a_digit
from visualizer.text.backward import figures, signed_figures
from visualizer.text.numbers import count, number, round_text, significant

NO_STEP = (
    "A step of training is explained after it was taken: press S for one batch, or pause while "
    "the network trains."
)
NO_WEIGHTS = "This layer has no weights: nothing of it is learnt. Choose a layer that has some."
WEIGHT_DIGITS = 7

Line = tuple[tuple[str, ...], str]


def step_words(gradients: StepGradients) -> tuple[str, ...]:
    """Say which step it was: its number, its digits, their mean loss; then shorter forms."""
    state = gradients.state
    many, loss = count(len(state.labels)), figures(float(gradients.losses.mean()))
    wrong = int((gradients.answers != state.labels).sum())
    short = f"step {count(state.step)} · {many} digits"
    return f"{short}, {wrong} misread · mean loss {loss}", f"{short} · loss {loss}", short


def digit_words(gradients: StepGradients, digit: int, gradient: float) -> tuple[str, ...]:
    """Say what a digit of the batch is, how it was read, its loss and gradient; then shorter."""
    label, answer = int(gradients.state.labels[digit]), int(gradients.answers[digit])
    read = "read rightly" if label == answer else f"read as {a_digit(answer)}"
    loss, asks = figures(float(gradients.losses[digit])), f"gradient {significant(gradient)}"
    name = f"digit {digit + 1}: {a_digit(label)}"
    whole = f"{name}, {read}, loss {loss}, {asks}"
    return whole, f"{name}, loss {loss}, {asks}", f"{name}, {asks}", asks


def weight_name(tensor: str, index: tuple[int, ...]) -> str:
    """Name a weight as it is found in a file: conv2d_1.kernel [1, 2, 0, 5]."""
    return f"{tensor} {list(index)}"


def gradient_words(many: int, mean: float) -> tuple[str, ...]:
    """Say that a batch's gradient is the mean of its digits'; then shorter forms."""
    digits, value = count(many), significant(mean)
    whole = f"gradient = mean of {digits} digits' gradients = {value}"
    return whole, f"mean of {digits} gradients = {value}", f"mean = {value}", value


def step_lines(step: OptimizerStep) -> list[Line]:
    """Write the optimizer's arithmetic, one number a line: what it is, and the number."""
    if isinstance(step, AdamWStep):
        return _adamw_lines(step)
    rate, rho, rest = f"{step.rate:g}", f"{step.rho:g}", f"{1 - step.rho:g}"
    return [
        (("gradient g", "g"), significant(step.gradient, 4)),
        (("v before: mean of squared gradients", "v before"), significant(step.square_before, 4)),
        ((f"v = {rho} v + {rest} g²", "v"), significant(step.square, 4)),
        ((f"√(v + {_epsilon(step)})", "√(v + ε)"), significant(step.root, 4)),
        (("weight before", "before"), _weight(step.weight)),
        ((f"− {rate} · g / √(v + ε)", "change"), _weight(step.change)),
        (("= weight after", "after"), _weight(step.new_weight)),
    ]


def _adamw_lines(step: AdamWStep) -> list[Line]:
    rho, mu = f"{step.rho:g}", f"{step.momentum:g}"
    rest, more = f"{1 - step.rho:g}", f"{1 - step.momentum:g}"
    decay = f"1 − rate · {step.weight_decay:g}"
    return [
        (("gradient g", "g"), significant(step.gradient, 4)),
        ((f"m = {mu} m + {more} g, m was {significant(step.mean_before, 3)}", "m"),
         significant(step.mean, 4)),
        ((f"v = {rho} v + {rest} g², v was {significant(step.square_before, 3)}", "v"),
         significant(step.square, 4)),
        ((f"m̂ = m / (1 − {mu}^{step.step})", "m̂"), significant(step.unbiased_mean, 4)),
        ((f"√(v̂ + {_epsilon(step)}), v̂ = v / (1 − {rho}^{step.step})", "√(v̂ + ε)"),
         significant(step.root, 4)),
        (("weight before", "before"), _weight(step.weight)),
        ((f"× ({decay}): decayed", "decayed"), _weight(step.decayed)),
        ((f"− {significant(step.rate, 3)} · m̂ / √(v̂ + ε)", "change"), _weight(step.change)),
        (("= weight after", "after"), _weight(step.new_weight)),
    ]  # fmt: skip


def _epsilon(step: OptimizerStep) -> str:
    """Write ε as a power of ten, where it is one: 10⁻⁷."""
    return round_text(step.epsilon).removeprefix("1 · ")


def moved_words(step: OptimizerStep) -> tuple[str, ...]:
    """Say in short how far the weight moved; then a shorter form."""
    before, after = _weight(step.weight), _weight(step.new_weight)
    way = "rose" if step.new_weight > step.weight else "fell"
    by = _weight(abs(step.new_weight - step.weight))
    short = f"{before} → {after}"
    return f"{short}: it {way} by {by}", short


def products_words(digit: int, terms: WeightTerms, of_bias: bool) -> tuple[str, ...]:
    """Say what a digit's gradient by a weight is the sum of; then shorter forms."""
    places, value = terms.products.size, figures(terms.total)
    name = f"Digit {digit + 1}"
    if places == 1:
        return f"{name}: gradient {value}", f"gradient {value}", value
    what, many = "gradient" if of_bias else "patch × gradient", f"over {count(places)} places"
    whole, short = f"{name}: Σ {what} {many} = {value}", f"{name}: Σ {many}"
    return whole, f"{name}: Σ {what} {many}", short, f"Σ {many}", f"Σ = {value}"


def product_words(terms: WeightTerms, place: tuple[int, int], of_bias: bool) -> tuple[str, ...]:
    """Write the product of one place, [4, 7]  0.806 × (−0.118); then a shorter form."""
    several = terms.products.size > 1
    at = f"{list(place)}"
    if of_bias:
        return (at if several else "gradient by the sum",)
    value, gradient = float(terms.values[place]), float(terms.gradients[place])
    factors = f"{figures(value)} × {signed_figures(gradient)}"
    if several:
        return f"{at}  {factors}", factors, at
    return f"input × gradient: {factors}", factors, "input × gradient"


def rest_words(others: int, listed: int) -> tuple[str, ...]:
    """Name the products that are not listed; then a shorter form."""
    which = "the other" if listed else "all"
    return f"{which} {count(others)} together", "the rest" if listed else "all"


def rule_words(step: OptimizerStep) -> tuple[str, ...]:
    """Write the optimizer's rule with its name; then a shorter form."""
    if isinstance(step, AdamWStep):
        rule = "w ← (1 − rate · decay) w − rate · m̂ / √(v̂ + ε)"
        return f"AdamW: {rule}", "AdamW"
    rho, rest = f"{step.rho:g}", f"{1 - step.rho:g}"
    short = f"RMSprop: w ← w − {step.rate:g} · g / √(v + ε)"
    return f"{short}, v ← {rho} v + {rest} g²", short, "RMSprop"


def run_words(exact: bool) -> tuple[str, ...]:
    """Say what the run itself has, and why it may differ in its last digits."""
    if exact:
        return ("in the run", "run")
    return ("in the run, which computes in bfloat16", "in the run (bfloat16)", "run")


def weight_text(value: float) -> str:
    """Write a weight with seven decimals."""
    return _weight(value)


def _weight(value: float) -> str:
    return number(value, WEIGHT_DIGITS)
