using System.ComponentModel;
using Orchestration.AgentHost;

namespace HelloAgent;

/// <summary>A whole agent: what it takes, what it returns, what it does, and how it is hosted.</summary>
internal sealed class GreetSkill : Skill<GreetInput, GreetOutput>
{
    private static readonly Dictionary<string, string> Greetings =
        new() { ["en"] = "Hello", ["de"] = "Hallo", ["fr"] = "Bonjour", ["es"] = "Hola" };

    public override string Name => "greet";

    public override string Description => "Greets a person in a language.";

    public override async Task<GreetOutput> ExecuteAsync(GreetInput input, SkillContext context, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(50, $"looking for '{input.Language}'", cancellationToken);
        return Greetings.TryGetValue(input.Language, out var greeting)
            ? new GreetOutput($"{greeting}, {input.Name}!")
            : throw SkillException.Permanent("unknown_language", $"There is no greeting in '{input.Language}'.");
    }
}

internal sealed record GreetInput(
    [property: Description("Who is greeted.")] string Name,
    [property: Description("Two-letter code of the language.")] string Language = "en");

internal sealed record GreetOutput(string Text);

internal static class HelloAgentApp
{
    private const string AppId = "hello-agent";

    public static Task RunAsync(string[] args) =>
        AgentApp.RunAsync(args, "HelloAgent", "greets people in their language.", Configure, AppId);

    public static WebApplication Build(string[] args) => AgentApp.Build(args, Configure, AppId);

    private static void Configure(AgentHostBuilder agents) =>
        agents.Add("hello", agent => agent.Name("Greeter").Capability("greeting").MaxTasks(8).Skill<GreetSkill>());
}
