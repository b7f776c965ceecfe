using System.Diagnostics;
using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>Writes the canonical form of a step. Which fields there are tells the case of a closed family: <c>action</c>, <c>plan</c>,
/// <c>delay</c>, <c>waitFor</c>.</summary>
internal static class StepWriter
{
    internal static void Write(Utf8JsonWriter writer, PlanStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        WriteWork(writer, step.Work);
        if (!step.DependsOn.IsEmpty)
        {
            writer.WriteStartArray("dependsOn");
            foreach (string id in step.DependsOn)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
        }

        PlanWriter.WriteText(writer, "when", step.When);
        WriteForEach(writer, step.ForEach);
        WriteRetry(writer, step.Retry);
        PlanWriter.WriteDuration(writer, "timeout", step.Timeout);
        if (!step.Critical)
        {
            writer.WriteBoolean("critical", false);
        }

        WriteFallback(writer, step.Fallback);
        PlanWriter.WriteTemplate(writer, "output", step.Output);
        writer.WriteEndObject();
    }

    private static void WriteWork(Utf8JsonWriter writer, StepWork work)
    {
        switch (work)
        {
            case StepWork.CallAgent call:
                WriteAgent(writer, call.Agent);
                writer.WriteString("action", call.Action);
                WriteInput(writer, call.Input);
                break;
            case StepWork.RunPlan run:
                WritePlan(writer, run);
                break;
            case StepWork.Delay delay:
                PlanWriter.WriteDuration(writer, "delay", delay.Duration);
                break;
            case StepWork.WaitFor wait:
                writer.WriteStartObject("waitFor");
                writer.WriteString("event", wait.Event);
                PlanWriter.WriteDuration(writer, "timeout", wait.Timeout);
                writer.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteAgent(Utf8JsonWriter writer, AgentSelector agent)
    {
        PlanWriter.WriteText(writer, "agent", agent.Agent);
        PlanWriter.WriteText(writer, "capability", agent.Capability);
        PlanWriter.WriteText(writer, "version", agent.VersionRange);
    }

    private static void WritePlan(Utf8JsonWriter writer, StepWork.RunPlan run)
    {
        if (run.Definition is { } definition)
        {
            writer.WritePropertyName("plan");
            PlanWriter.Write(writer, definition);
        }
        else
        {
            writer.WriteString("plan", run.Plan);
        }

        WriteInput(writer, run.Input);
    }

    private static void WriteInput(Utf8JsonWriter writer, Template input)
    {
        if (input != Template.Empty)
        {
            PlanWriter.WriteTemplate(writer, "input", input);
        }
    }

    private static void WriteForEach(Utf8JsonWriter writer, ForEach? forEach)
    {
        if (forEach is null)
        {
            return;
        }

        writer.WriteStartObject("forEach");
        writer.WriteString("items", forEach.Items);
        PlanWriter.WriteText(writer, "as", forEach.As, "item");
        if (forEach.MaxParallel != 0)
        {
            writer.WriteNumber("maxParallel", forEach.MaxParallel);
        }

        writer.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter writer, RetryPolicy retry)
    {
        if (retry == RetryPolicy.Default)
        {
            return;
        }

        writer.WriteStartObject("retry");
        writer.WriteString("strategy", retry.Strategy switch
        {
            RetryStrategy.Exponential => "exponential",
            RetryStrategy.Linear => "linear",
            RetryStrategy.Constant => "constant",
            _ => "immediate",
        });
        writer.WriteNumber("maxRetries", retry.MaxRetries);
        PlanWriter.WriteDuration(writer, "base", retry.BaseDelay);
        writer.WriteNumber("factor", retry.Factor);
        PlanWriter.WriteDuration(writer, "cap", retry.MaxDelay);
        writer.WriteBoolean("jitter", retry.Jitter);
        writer.WriteEndObject();
    }

    private static void WriteFallback(Utf8JsonWriter writer, Fallback? fallback)
    {
        if (fallback is null)
        {
            return;
        }

        writer.WriteStartObject("fallback");
        switch (fallback)
        {
            case Fallback.OtherAgent other:
                WriteAgent(writer, other.Agent);
                PlanWriter.WriteText(writer, "action", other.Action);
                break;
            case Fallback.Value value:
                PlanWriter.WriteTemplate(writer, "value", value.Output);
                break;
            case Fallback.OtherPlan plan:
                WritePlan(writer, plan.Work);
                break;
            default:
                throw new UnreachableException();
        }

        writer.WriteEndObject();
    }
}
