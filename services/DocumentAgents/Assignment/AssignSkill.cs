using DocumentAgents.Facts;
using Orchestration.AgentHost;

namespace DocumentAgents.Assignment;

/// <summary>
/// Tells which kind of specialist a type of document needs; the orchestrator's router chooses among the agents that are one.
/// </summary>
internal sealed class AssignSkill : Skill<AssignInput, Assigned>
{
    public override string Name => "assign";

    public override string Description => "Returns the capability an agent needs to process a type of document.";

    public override Task<Assigned> ExecuteAsync(AssignInput input, SkillContext context, CancellationToken cancellationToken)
        => Task.FromResult(new Assigned(SpecialistOf(input.Type)));

    private static string SpecialistOf(string type) => type switch
    {
        DocumentType.Invoice or DocumentType.CreditNote => Capabilities.Invoice,
        DocumentType.PurchaseOrder or DocumentType.OrderResponse or DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice
            or DocumentType.Quotation or DocumentType.Reminder or DocumentType.RemittanceAdvice => Capabilities.PurchaseOrder,
        DocumentType.Receipt => Capabilities.Receipt,
        DocumentType.Contract => Capabilities.Contract,
        DocumentType.BankStatement => Capabilities.BankStatement,
        DocumentType.Resume or DocumentType.IdentityDocument => Capabilities.Identity,
        _ => Capabilities.Generic,
    };
}

/// <param name="Type">What classification said.</param>
internal sealed record AssignInput(string Type);

/// <param name="Capability">Tag of the agents that can do it.</param>
internal sealed record Assigned(string Capability);

/// <summary>The tags by which plans find a specialist.</summary>
internal static class Capabilities
{
    public const string Invoice = "document.invoice";
    public const string PurchaseOrder = "document.purchase-order";
    public const string Receipt = "document.receipt";
    public const string Contract = "document.contract";
    public const string BankStatement = "document.bank-statement";
    public const string Identity = "document.identity";
    public const string Generic = "document.generic";
}
