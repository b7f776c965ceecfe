using System.Text.Json;
using Orchestration.Contracts.Agents;

namespace Cli.Conformance;

/// <summary>What Describe says must make sense.</summary>
internal static class DescriptorRules
{
    public static void Check(DescribeResponse described, ConformanceReport report)
    {
        report.Add("process", "it names its instance", described.InstanceId.Length > 0 ? null : "instance_id is empty");
        report.Add("process", "it has agents with different ids", Repeated(described.Agents.Select(agent => agent.AgentId))
            ?? (described.Agents.Count == 0 ? "there is none" : null));
        foreach (var agent in described.Agents)
        {
            Check(agent, report);
        }
    }

    private static void Check(AgentDescriptor agent, ConformanceReport report)
    {
        report.Add(agent.AgentId, "its id and capabilities are names", Named([agent.AgentId, .. agent.Capabilities]));
        report.Add(
            agent.AgentId,
            "its version is a semantic version",
            Version.TryParse(agent.Version.Split('-', '+')[0], out var version) && version.Build >= 0
                ? null
                : $"'{agent.Version}' is not of the form 1.2.3");
        report.Add(agent.AgentId, "max_tasks is 1 to 1000", agent.MaxTasks is >= 1 and <= 1000 ? null : $"it is {agent.MaxTasks}");
        report.Add(
            agent.AgentId,
            "it has skills with different names",
            agent.Skills.Count == 0 ? "there is none" : Repeated(agent.Skills.Select(skill => skill.Name))
                ?? Named(agent.Skills.Select(skill => skill.Name)));
        foreach (var skill in agent.Skills)
        {
            report.Add(
                $"{agent.AgentId}/{skill.Name}", "its schemas are JSON Schemas", Schema("input_schema", skill.InputSchema)
                    ?? Schema("output_schema", skill.OutputSchema));
        }
    }

    private static string? Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"'{twice.Key}' is there twice" : null;

    private static string? Named(IEnumerable<string> names) =>
        names.FirstOrDefault(name => name.Length is 0 or > 64
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) is { } odd
            ? $"'{odd}' is not 1 to 64 letters, digits, '-', '_' and '.'"
            : null;

    private static string? Schema(string field, string text)
    {
        try
        {
            using var schema = JsonDocument.Parse(text);
            return schema.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.True
                ? null
                : $"{field} is JSON, but neither an object nor true";
        }
        catch (JsonException exception)
        {
            return $"{field} is not JSON: {exception.Message}";
        }
    }
}
