using DocumentAgents.Assignment;
using DocumentAgents.BankStatement;
using DocumentAgents.Classification;
using DocumentAgents.Contract;
using DocumentAgents.CrossValidation;
using DocumentAgents.Generic;
using DocumentAgents.Identity;
using DocumentAgents.Ingestion;
using DocumentAgents.Invoice;
using DocumentAgents.PurchaseOrder;
using DocumentAgents.QualityReview;
using DocumentAgents.Receipt;
using DocumentAgents.Reporting;
using Orchestration.AgentHost;

namespace DocumentAgents;

/// <summary>The agents that process documents, in one process.</summary>
internal static class DocumentAgentsApp
{
    public static Task RunAsync(string[] args) => AgentApp.RunAsync(
        args,
        "DocumentAgents",
        "the agents that process documents, in one process.",
        agents => agents
            .Add("ingestion", agent => agent.Name("Ingestion").Description("Checks documents at the door.").Skill<IngestSkill>())
            .Add("classification", agent => agent.Name("Classification").Description("Tells what documents are.").Skill<ClassifySkill>())
            .Add("assignment", agent =>
                agent.Name("Assignment").Description("Knows which specialist a document needs.").Skill<AssignSkill>().MaxTasks(16))
            .Add("invoice", agent => agent.Name("Invoice specialist").Capability(Capabilities.Invoice).Skill<InvoiceSkill>())
            .Add("purchase-order", agent =>
                agent.Name("Purchase order specialist").Capability(Capabilities.PurchaseOrder).Skill<PurchaseOrderSkill>())
            .Add("receipt", agent => agent.Name("Receipt specialist").Capability(Capabilities.Receipt).Skill<ReceiptSkill>())
            .Add("contract", agent => agent.Name("Contract specialist").Capability(Capabilities.Contract).Skill<ContractSkill>())
            .Add("bank-statement", agent =>
                agent.Name("Bank statement specialist").Capability(Capabilities.BankStatement).Skill<BankStatementSkill>())
            .Add("identity", agent => agent.Name("Résumé and identity specialist").Capability(Capabilities.Identity).Skill<IdentitySkill>())
            .Add("generic", agent => agent.Name("Generic specialist").Capability(Capabilities.Generic).Skill<GenericSkill>())
            .Add("cross-validation", agent =>
                agent.Name("Cross-validation").Description("Compares related documents.").Skill<CompareSkill>())
            .Add("quality-review", agent =>
                agent.Name("Quality review").Description("Scores results and names what people should look at.").Skill<ReviewSkill>())
            .Add("reporting", agent => agent.Name("Reporting").Description("Writes the report of a batch.").Skill<ReportSkill>()),
        "document-agents");
}
