using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>Every kind of problem of reading, with its place (PLN-06).</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("steps: [", "syntax", 2)]
    [InlineData("id: p\nsteps:\n  - id: a\n   agent: b\n", "syntax", 4)]
    [InlineData("""{"id": "p", "steps": [}""", "syntax", 1)]
    [InlineData("", "missing_field", 1)]
    [InlineData("id: p", "missing_field", 1)]
    [InlineData("id: p\nsteps: []", "missing_field", 2)]
    [InlineData("- a\n- b", "wrong_type", 1)]
    [InlineData("id: p\nsteps: {a: &x {agent: b}}", "unsupported", 2)]
    [InlineData("id: p\nsteps: {a: *x}", "unsupported", 2)]
    [InlineData("id: p\nsteps: {a: !!map {agent: b}}", "unsupported", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\n---\nid: q", "unsupported", 3)]
    [InlineData("id: p\nid: q\nsteps: {a: {agent: b}}", "duplicate_key", 2)]
    [InlineData("""{"id": "p", "steps": [{"id": "a", "id": "b"}]}""", "duplicate_key", 1)]
    [InlineData("id: p p\nsteps: {a: {agent: b}}", "bad_value", 1)]
    [InlineData("id: p\nsteps:\n  a b: {agent: b}", "bad_value", 3)]
    [InlineData("id: p\nsteps:\n  - agent: b", "missing_field", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\nparallel: maybe", "wrong_type", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\npriority: 101", "wrong_type", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ntimeout: 5 parsecs", "wrong_type", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ntimeout: 0", "bad_value", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b, timeout: -5}}", "wrong_type", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, retry: {strategy: exponental}}}", "bad_value", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, retry: {base: 5s, cap: 1s}}}", "bad_value", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, retry: {maxRetries: 101}}}", "wrong_type", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, version: newest}}", "bad_value", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, delay: 5s}}", "conflict", 2)]
    [InlineData("id: p\nsteps: {a: {delay: 5s, input: 3}}", "conflict", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, fallback: {value: 1, agent: c}}}", "conflict", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, fallback: {}}}", "conflict", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b, forEach: {as: x}}}", "missing_field", 2)]
    [InlineData("id: p\nsteps: {a: {waitFor: {}}}", "missing_field", 2)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs: {x: text}", "bad_value", 3)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: integer, minimum: y}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: integer, minimum: 5, maximum: 3}", "bad_value", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: string, minLength: 2, maxLength: 1}", "bad_value", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: string, pattern: '(['}", "bad_value", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: string, enum: 5}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: string, enum: []}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: array, minItems: -1}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: array, items: strng}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: array, items: {type: strng}}", "bad_value", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: object, properties: {y: {maximum: no}}}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: object, properties: {y: {required: z}}}", "wrong_type", 4)]
    [InlineData("id: p\nsteps: {a: {agent: b}}\ninputs:\n  x: {type: object, additionalProperties: few}", "wrong_type", 4)]
    [InlineData("workflow: {steps: [{agent: b}]}", "missing_field", 1)]
    [InlineData("workflow: {steps: [{name: a, agent: b}]}\nname: x", "unknown_field", 2)]
    public void Reader_Mistake_IsNamedWithItsLine(string text, string code, int line)
    {
        Problem problem = Sample.OnlyProblem(text);

        Assert.Equal((code, line), (problem.Code, problem.Line));
        Assert.Null(PlanReader.Read(text).Plan);
    }

    [Theory]
    [InlineData("{type: object, properties: {y: {type: [string, 'null'], format: date, required: [z]}}, additionalProperties: false}")]
    [InlineData("{type: array, items: {type: object, additionalProperties: {type: integer}}, minItems: 0, maxItems: 0}")]
    [InlineData("{type: string, enum: [a, b], pattern: '^[a-z]+$', minLength: 1, maxLength: 9}")]
    [InlineData("{type: number, minimum: -1.5, maximum: 1e9}")]
    [InlineData("{type: object, requiredProperties: [a, b]}")]
    public void Reader_ConstraintThatCanHold_IsTaken(string input)
        => Assert.NotNull(PlanReader.Read($"id: p\nsteps: {{a: {{agent: b}}}}\ninputs:\n  x: {input}").Plan);

    [Fact]
    public void Reader_UnknownField_SaysWhatIsMeant()
    {
        Problem problem = Sample.OnlyProblem("id: p\nsteps:\n  - id: a\n    agent: b\n    depends_on: [c]\n");

        Assert.Equal(("unknown_field", "steps[0].depends_on", 5, 5), (problem.Code, problem.Path, problem.Line, problem.Column));
        Assert.Contains("did you mean 'dependsOn'?", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("many", "found 'many'")]
    [InlineData("500", "found '500'")]
    [InlineData("[1]", "found a list")]
    public void Reader_RetryThatIsNone_SaysWhatARetryIs(string retry, string found)
    {
        Problem problem = Sample.OnlyProblem($"id: p\nsteps:\n  - id: a\n    agent: b\n    retry: {retry}\n");

        Assert.Equal(("wrong_type", "steps[0].retry", 5, 12), (problem.Code, problem.Path, problem.Line, problem.Column));
        Assert.StartsWith("a number of retries from 0 to 100, or a mapping with strategy,", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(found, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id: p\nsteps:\n\t- id: a\n", 3, 1)]
    [InlineData("id: p\nsteps:\n  - id: a\n\t  agent: b\n", 4, 1)]
    [InlineData("id: p\nsteps:\n  - id: a\n    agent: b\n    input:\n    \tx: 1\n", 6, 5)]
    public void Reader_Tab_IsNamedWithItsPlace(string text, int line, int column)
    {
        Problem problem = Sample.OnlyProblem(text);

        Assert.Equal(("syntax", line, column), (problem.Code, problem.Line, problem.Column));
        Assert.Contains("tab", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A tab that is meant, further down, is not what is wrong.</summary>
    [Fact]
    public void Reader_MistakeLongBeforeATab_IsToldItself()
    {
        Problem problem = Sample.OnlyProblem(
            "id: p\nsteps:\n  - id: a\n    agent: [b\n    action: c\n    input:\n      text: |\n        one\n        two\n        \tthree\n");

        Assert.Equal("syntax", problem.Code);
        Assert.InRange(problem.Line, 4, 6);
        Assert.DoesNotContain("tab", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_ManyMistakes_AreAllReportedInOrder()
    {
        PlanReading reading = PlanReader.Read("""
            id: p
            prority: 3
            steps:
              a: {agent: b, acton: c, retry: {jiter: true}}
              b: {agent: [1], timeout: soon}
            output: "${{ 1 + }}"
            labels: {x: [1]}
            """);

        Assert.Equal([2, 4, 4, 5, 5, 7], reading.Problems.Select(problem => problem.Line));
        Assert.NotNull(reading.Draft);
    }

    [Fact]
    public void Reader_JsonColumns_CountCharacters()
    {
        Problem problem = Sample.OnlyProblem(
            "{\"id\": \"p\",\n \"description\": \"äö😀\", \"x\": 1,\n \"steps\": [{\"id\": \"a\", \"agent\": \"b\"}]}");

        Assert.Equal((2, 25), (problem.Line, problem.Column));
    }
}
