using System.Collections.Immutable;
using System.Text.Json;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

/// <summary>Every rule about plans, with the place of the problem (PLN-06, EXE-06).</summary>
public sealed class PlanValidatorTests
{
    private static readonly AgentCatalog Catalog = new(
    [
        new CatalogAgent("invoice", "1.4.0", ["documents"], [
            new CatalogSkill("extract", JsonElement.Parse("""
                {"type":"object","required":["text"],"properties":{"text":{"type":"string","minLength":1},"language":{"enum":["en","de"]}},"additionalProperties":false}
                """)),
        ]),
        new CatalogAgent("invoice", "2.0.0", ["documents"], [new CatalogSkill("extract"), new CatalogSkill("check")]),
        new CatalogAgent("writer", "1.0.0", ["text"], [new CatalogSkill("write")]),
    ]);

    [Theory]
    [InlineData("  - {id: a, agent: x}\n  - {id: a, agent: y}", "duplicate_id", "steps[1].id", 4)]
    [InlineData("  - {id: fetch, agent: x}\n  - {id: b, agent: y, dependsOn: [ftech]}", "unknown_step", "steps[1].dependsOn[0]", 4)]
    [InlineData("  - {id: a, agent: x, dependsOn: [c]}\n  - {id: b, agent: x, dependsOn: [a]}\n  - {id: c, agent: x, dependsOn: [b]}",
        "cycle", "steps[0].dependsOn", 3)]
    [InlineData("  - {id: a, agent: x, dependsOn: [a]}", "cycle", "steps[0].dependsOn", 3)]
    [InlineData("  - {id: a, agent: x, when: 1 +}", "expression_syntax", "steps[0].when", 3)]
    [InlineData("  - id: a\n    agent: x\n    input:\n      deep: [1, '${{ inputs. }}']", "expression_syntax", "steps[0].input.deep[1]", 6)]
    [InlineData("  - {id: a, agent: x, when: sise(inputs) > 0}", "unknown_function", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, when: input.x}", "unknown_name", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, when: item.x}", "unknown_name", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, when: result.x}", "unknown_name", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, input: '${{ run.identity }}'}", "unknown_name", "steps[0].input", 3)]
    [InlineData("  - {id: a, agent: x}\n  - {id: b, agent: x, when: steps.a.outputs.x}", "unknown_name", "steps[1].when", 4)]
    [InlineData("  - {id: a, agent: x, when: steps.b.output.x}", "unknown_step", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, when: steps.a.output.x}", "not_an_ancestor", "steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x, forEach: {items: '[1]', as: now}}", "bad_value", "steps[0].forEach.as", 3)]
    [InlineData("  - {id: a, delay: 1s, forEach: '[1]'}", "conflict", "steps[0].forEach", 3)]
    [InlineData("  - {id: a, plan: {id: q, steps: [{id: z, waitFor: go}]}}", "conflict", "steps[0].plan.steps[0].waitFor", 3)]
    [InlineData("  - {id: a, agent: x, fallback: {plan: {id: q, steps: [{id: z, waitFor: go}]}}}", "conflict",
        "steps[0].fallback.plan.steps[0].waitFor", 3)]
    [InlineData("  - {id: a, agent: x}\nfallbackPlan: {id: f, steps: [{id: z, waitFor: {event: go, timeout: 1h}}]}", "conflict",
        "fallbackPlan.steps[0].waitFor", 4)]
    [InlineData("  - {id: a, delay: 25d1s}", "bad_value", "steps[0].delay", 3)]
    [InlineData("  - {id: a, waitFor: {event: go, timeout: 26d}}", "bad_value", "steps[0].waitFor.timeout", 3)]
    [InlineData("  - {id: a, agent: x}\noutput: ${{ steps.b.output }}", "unknown_step", "output", 4)]
    [InlineData("  - {id: a, plan: {id: q, inputs: {n: integer}, steps: [{id: z, agent: x}]}}", "missing_input", "steps[0]", 3)]
    [InlineData("  - {id: a, input: {m: 1, n: 1}, plan: {id: q, inputs: {n: integer}, steps: [{id: z, agent: x}]}}", "unknown_input",
        "steps[0].input.m", 3)]
    [InlineData("  - {id: a, plan: {id: q, steps: [{id: z, agent: x, when: steps.a.output}]}}", "unknown_step",
        "steps[0].plan.steps[0].when", 3)]
    [InlineData("  - {id: a, agent: x}\nfallbackPlan: {id: f, steps: [{id: z, agent: x, dependsOn: [a]}]}", "unknown_step",
        "fallbackPlan.steps[0].dependsOn[0]", 4)]
    [InlineData("  - {id: a, waitFor: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}", "bad_value", "steps[0].waitFor",
        3)]
    [InlineData("  - id: a\n    waitFor:\n      event: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bad_value",
        "steps[0].waitFor.event", 5)]
    public void Validate_Mistake_IsNamedWithItsPlace(string steps, string code, string path, int line)
    {
        Problem problem = Assert.Single(Validate("id: p\nsteps:\n" + steps));

        Assert.Equal((code, path, line), (problem.Code, problem.Path, problem.Line));
    }

    /// <summary>Where the plan says itself that it cannot work, it need not run to find out.</summary>
    [Theory]
    [InlineData("forEach: ${{ inputs.name }}", "forEach", "a list", "a string")]
    [InlineData("forEach: {items: inputs.order}", "forEach.items", "a list", "an object")]
    [InlineData("forEach: inputs['order'].id", "forEach", "a list", "a string")]
    [InlineData("forEach: inputs.rows[0].name", "forEach", "a list", "a string")]
    [InlineData("forEach: size(inputs.rows)", "forEach", "a list", "a number")]
    [InlineData("forEach: 'inputs.flag ? inputs.name : string(1)'", "forEach", "a list", "a string")]
    [InlineData("forEach: steps.z.state", "forEach", "a list", "a string")]
    [InlineData("when: inputs.name", "when", "true or false", "a string")]
    [InlineData("when: inputs.rows", "when", "true or false", "a list")]
    [InlineData("when: inputs.count", "when", "true or false", "a number")]
    [InlineData("when: size(inputs.free)", "when", "true or false", "a number")]
    [InlineData("when: '''yes'''", "when", "true or false", "a string")]
    [InlineData("when: 1 + 1", "when", "true or false", "a number")]
    [InlineData("when: inputs.rows.map(row, row.name)", "when", "true or false", "a list")]
    public void Validate_TypeThatIsCertain_MustFit(string field, string path, string wanted, string found)
    {
        Problem problem = Assert.Single(Validate(Typed(field)));

        Assert.Equal(("wrong_type", $"steps[1].{path}", 14), (problem.Code, problem.Path, problem.Line));
        Assert.Contains(wanted, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith($"always {found}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forEach: inputs.rows")]
    [InlineData("forEach: inputs.free")]
    [InlineData("forEach: inputs.free.name")]
    [InlineData("forEach: inputs.order.lines")]
    [InlineData("forEach: inputs.order.unsaid")]
    [InlineData("forEach: inputs.rows[0].unsaid")]
    [InlineData("forEach: inputs[inputs.name]")]
    [InlineData("forEach: steps.z.output")]
    [InlineData("forEach: inputs.rows + [1]")]
    [InlineData("forEach: inputs.rows.filter(row, row.name != '')")]
    [InlineData("forEach: 'inputs.flag ? inputs.rows : steps.z.output'")]
    [InlineData("forEach: dyn(inputs.free)")]
    [InlineData("forEach: [a, b]")]
    [InlineData("when: true")]
    [InlineData("when: inputs.flag")]
    [InlineData("when: '!inputs.flag'")]
    [InlineData("when: inputs.free")]
    [InlineData("when: has(inputs.name)")]
    [InlineData("when: inputs.name == 'x' || steps.z.output.ok")]
    [InlineData("when: bool(inputs.name)")]
    [InlineData("when: inputs.rows.exists(row, row.name == '')")]
    [InlineData("when: now > timestamp('2026-01-01T00:00:00Z') && now - run.startedAt < duration('1h')")]
    [InlineData("when: \"'a' in inputs.order\"")]
    public void Validate_TypeThatFitsOrIsNotCertain_IsAccepted(string field) => Assert.Empty(Validate(Typed(field)));

    /// <summary>What a step calls when that was misread is a guess, and no second mistake.</summary>
    [Theory]
    [InlineData("{id: a, agnet: invoice}", "unknown_field")]
    [InlineData("{id: a, agent: [invoice]}", "wrong_type")]
    [InlineData("{id: a, plan: 5}", "wrong_type")]
    [InlineData("{id: a, waitfor: go}", "unknown_field")]
    [InlineData("{id: a, agent: writer, action: [write]}", "wrong_type")]
    [InlineData("{id: a, agent: writer, action: write, fallback: {agnet: invoice}}", "conflict")]
    public void Validate_StepThatWasMisread_IsNotAlsoAnUnknownAction(string step, string code)
    {
        ImmutableArray<Problem> problems = Validate($"id: p\nsteps: [{step}]", Catalog);

        Assert.Equal(code, problems[0].Code);
        Assert.DoesNotContain(problems, problem => problem.Code == "unknown_action");
    }

    [Fact]
    public void Validate_TwoMistakesInAStep_AreBothNamed() =>
        Assert.Equal(["unknown_action", "wrong_type"],
            Validate("id: p\nsteps: [{id: a, agent: writer, action: sing, timeout: soon}]", Catalog).Select(problem => problem.Code)
                .Order());

    [Theory]
    [InlineData("agent: invioce, action: extract, input: {text: x}", "unknown_agent", "steps[0].agent", "did you mean 'invoice'?")]
    [InlineData("capability: document, action: check", "unknown_agent", "steps[0].capability", "did you mean 'documents'?")]
    [InlineData("agent: writer, version: ^2, action: write", "unknown_agent", "steps[0].version", "writer 1.0.0")]
    [InlineData("agent: invoice, action: extrakt", "unknown_action", "steps[0].action", "did you mean 'extract'?")]
    [InlineData("agent: invoice, version: 1.x, action: check", "unknown_action", "steps[0].action", "'check'")]
    [InlineData("action: sing", "unknown_action", "steps[0].action", "no agent has")]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: {}", "schema", "steps[0].input", "'text' is missing")]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: {text: 5}", "schema", "steps[0].input.text",
        "string is expected, found number")]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: {text: x, language: fr}", "schema", "steps[0].input.language",
        "not one of en, de")]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: {text: x, languages: en}", "schema", "steps[0].input.languages",
        "did you mean 'language'?")]
    [InlineData("agent: writer, action: write, fallback: {agent: writter}", "unknown_agent", "steps[0].fallback.agent",
        "did you mean 'writer'?")]
    public void Validate_AgentsOfTheCatalog_AreChecked(string step, string code, string path, string message)
    {
        Problem problem = Assert.Single(Validate("id: p\nsteps: [{id: a, " + step + "}]", Catalog));

        Assert.Equal((code, path, 2), (problem.Code, problem.Path, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: {text: '${{ inputs.text }}', language: '${{ inputs.l }}'}")]
    [InlineData("agent: invoice, version: ~1.4, action: extract, input: '${{ inputs }}'")]
    [InlineData("agent: invoice, action: extract, input: {anything: 1}")]
    [InlineData("capability: text, action: write")]
    [InlineData("action: check")]
    public void Validate_WhatTheCatalogAllows_IsFine(string step) =>
        Assert.Empty(Validate("id: p\nsteps: [{id: a, " + step + "}]", Catalog));

    [Fact]
    public void Validate_Cycle_IsNamedAlongItsSteps()
    {
        Problem problem = Assert.Single(Validate("""
            id: p
            steps:
              free: {agent: x}
              a: {agent: x, dependsOn: [b, free]}
              b: {agent: x, input: "${{ steps.c.output }}"}
              c: {agent: x, dependsOn: [a]}
              behind: {agent: x, dependsOn: [c]}
            """));

        Assert.Contains("a → b → c → a", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ExpressionProblem_HasItsColumn()
    {
        Problem plain = Assert.Single(Validate("id: p\nsteps:\n  - {id: a, agent: x, when: 1 == foo}"));
        Problem quoted = Assert.Single(Validate("""{"id": "p", "steps": [{"id": "a", "agent": "x", "input": "text ${{ foo }}"}]}"""));

        Assert.Equal((3, 34), (plain.Line, plain.Column));
        Assert.Equal((1, 68), (quoted.Line, quoted.Column));
    }

    [Fact]
    public void Validate_OtherDialects_NameTheirOwnFields()
    {
        Problem problem = Assert.Single(Validate("""
            {"id": "p",
             "steps": [
               {"id": "a", "agentId": "x",
                "dependencies": ["b"]}]}
            """));

        Assert.Equal(("steps[0].dependencies[0]", 4), (problem.Path, problem.Line));
    }

    [Fact]
    public void Validate_ProblemsOfReadingAndOfThePlan_AreReportedTogether()
    {
        ImmutableArray<Problem> problems = Validate("""
            id: p
            colour: red
            steps:
              a: {agent: x, when: "(", retries: 3}
              b: {agent: x, dependsOn: [z]}
              c: {agent: x, dependsOn: [d]}
              d: {agent: x, dependsOn: [c]}
            """);

        Assert.Equal(["unknown_field", "expression_syntax", "unknown_field", "unknown_step", "cycle"], problems.Select(
            problem => problem.Code));
        Assert.Equal([2, 4, 4, 5, 6], problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Validate_ReadOfAStepThatIsNoAncestor_IsRefused()
    {
        var plan = new Plan
        {
            Id = "p",
            Steps = [Step("a", "{}"), Step("b", "{}", "a"), Step("c", """{"x":"${{ steps.a.output }}"}""", "b"), Step(
                "d", """{"x":"${{ steps.c.output }}"}""", "b")],
        };

        Problem problem = Assert.Single(PlanValidator.Validate(plan, SourceMap.None, null, PlanLimits.Default));

        Assert.Equal((ProblemCode.NotAnAncestor, "steps[3].input.x"), (problem.Code, problem.Path));
    }

    [Fact]
    public void Validate_BeyondTheLimits_IsRefused()
    {
        var limits = new PlanLimits(MaxSteps: 3, MaxWidth: 2, MaxDepth: 2, MaxTemplateBytes: 20);
        string text = """
            id: p
            steps:
              a: {agent: x, input: {text: a long text of many characters}}
              b: {agent: x}
              c: {plan: {id: q, steps: [{id: z, plan: {id: r, steps: [{id: y, agent: x}]}}]}}
            """;

        ImmutableArray<Problem> problems = PlanValidator.ReadAndValidate(text, null, limits).Problems;

        Assert.All(problems, problem => Assert.Equal(ProblemCode.TooLarge, problem.Code));
        Assert.Equal(["steps", "steps.a.input", "steps.c.plan.steps", "steps.c.plan.steps[0].plan"], problems.Select(
            problem => problem.Path));
    }

    private static string Typed(string field) => $$$"""
        id: p
        inputs:
          name: string
          flag: boolean
          count: {type: integer, default: 3}
          free: any
          rows: {type: array, items: {type: object, properties: {name: {type: string} } } }
          order: {type: object, properties: {id: {type: string}, lines: {type: array} } }
        steps:
          - {id: z, agent: x}
          - id: a
            agent: x
            dependsOn: [z]
            {{{field}}}
        """;

    private static ImmutableArray<Problem> Validate(string text, AgentCatalog? catalog = null) =>
        PlanValidator.ReadAndValidate(text, catalog, PlanLimits.Default).Problems;

    private static PlanStep Step(string id, string input, params string[] dependsOn) => new()
    {
        Id = id,
        Work = new StepWork.CallAgent(new AgentSelector("x"), "act", new Template(JsonElement.Parse(input))),
        DependsOn = [.. dependsOn],
    };
}
