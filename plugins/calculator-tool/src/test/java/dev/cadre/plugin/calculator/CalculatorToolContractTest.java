package dev.cadre.plugin.calculator;

import dev.cadre.testkit.ToolContractTest;

class CalculatorToolContractTest extends ToolContractTest {

    CalculatorToolContractTest() {
        super(new CalculatorTool());
    }
}
