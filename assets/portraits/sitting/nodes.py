"""Materials of Cycles, said in a few words."""

from __future__ import annotations

from typing import Any

import bpy

Colour = tuple[float, float, float]


class Shader:
    """One material, and its nodes as they are added."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.tree.nodes.new("ShaderNodeOutputMaterial")

    def add(self, kind: str, inputs: dict[str | int, Any] | None = None, **settings: Any) -> Any:
        """Adds a node; an input is a value, or the output of another node."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in settings.items():
            setattr(node, name, value)
        for key, value in (inputs or {}).items():
            socket = node.inputs[key]
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, socket)
            elif isinstance(value, tuple) and len(value) == 3 and socket.type == "RGBA":
                socket.default_value = (*value, 1.0)
            else:
                socket.default_value = value
        return node

    def mixed(self, share: Any, first: Any, second: Any, blend: str = "MIX") -> Any:
        """Two colours blended by `share`."""
        node = self.add("Mix", data_type="RGBA", blend_type=blend)
        for index, value in ((0, share), (6, first), (7, second)):
            socket = node.inputs[index]
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, socket)
            else:
                socket.default_value = (*value, 1.0) if isinstance(value, tuple) else value
        return node.outputs[2]

    def sum(self, operation: str, *values: Any) -> Any:
        """One number from others, such as MULTIPLY."""
        return self.add("Math", dict(enumerate(values)), operation=operation).outputs[0]

    def ramp(self, value: Any, *stops: tuple[float, Colour]) -> Any:
        """A colour by a number."""
        node = self.add("ValToRGB", {0: value})
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (place, colour) in zip(elements, stops, strict=True):
            element.position, element.color = place, (*colour, 1.0)
        return node.outputs[0]

    def noise(self, scale: float, detail: float = 2.0, where: Any = None) -> Any:
        """Noise of so many waves a metre, about 0.5."""
        place = self.add("TexCoord").outputs["Object"] if where is None else where
        return self.add("TexNoise", {"Vector": place, "Scale": scale, "Detail": detail}).outputs[0]

    def attribute(self, name: str) -> Any:
        """A number or colour that the points carry."""
        return self.add("Attribute", attribute_name=name)

    def made(self, surface: Any) -> bpy.types.Material:
        """The material, with its surface."""
        self.tree.links.new(surface, self.output.inputs["Surface"])
        return self.material


def linear(hexed: str) -> Colour:
    """A colour as written (`#c68863`), in the linear light that Cycles counts in."""
    parts = [int(hexed[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue
